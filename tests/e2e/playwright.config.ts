import { defineConfig } from '@playwright/test';
import { COMMAND_LINE, PAGE } from './places.ts';

/** Real Chromium, no sandbox (tests run as root in containers), nothing of its own on the network. Waits are for slow machines. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: PAGE,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
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
      ],
    },
  },
  /** The page as it is shipped, behind the server that is shipped: its headers are tested too. */
  webServer: {
    command: `node ${COMMAND_LINE} serve --port ${new URL(PAGE).port}`,
    cwd: '../..',
    url: PAGE,
    reuseExistingServer: false,
  },
});
