/**
 * Real Chromium, no sandbox (tests run as root in containers), nothing of its own on the network, and none of the pages
 * that it makes for its own address bar: with every window they keep a core busy for two seconds.
 */
export const CHROMIUM = {
  executablePath: process.env['HOPLINE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
  ],
};

/**
 * For tests of what is shown. Every page is new and none lives for long, so that compiling its code a second time, to
 * run faster, is a fifth of their time and seldom pays. Tests that compute for long take `CHROMIUM` as it is.
 */
export const UNOPTIMISED_CHROMIUM = {
  ...CHROMIUM,
  args: [...CHROMIUM.args, '--js-flags=--liftoff-only,--no-opt,--no-maglev'],
};
