import { defineConfig } from '@playwright/test';
import { UNOPTIMISED_CHROMIUM } from './chromium.ts';
import { COMMAND_LINE, PAGE } from './places.ts';

/** Waits are for slow machines. */
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
    launchOptions: UNOPTIMISED_CHROMIUM,
  },
  /** The page as it is shipped, behind the server that is shipped: its headers are tested too. */
  webServer: {
    command: `node ${COMMAND_LINE} serve --port ${new URL(PAGE).port}`,
    cwd: '../..',
    url: PAGE,
    reuseExistingServer: false,
  },
});
