// How the journeys run: with and without JavaScript, on a wide screen and on a phone.

import { execFileSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';

const chromium = process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();

/** A project: `js-390` has JavaScript and is 390 px wide. */
const project = (javaScriptEnabled, width, height) => ({
  name: `${javaScriptEnabled ? 'js' : 'nojs'}-${width}`,
  use: { javaScriptEnabled, viewport: { width, height } },
  // The harness checks itself once; its faults do not depend on the screen.
  testIgnore: javaScriptEnabled && width === 1280 ? [] : /harness\.spec/,
});

export default defineConfig({
  testDir: 'tests',
  outputDir: 'out/results',
  globalSetup: './harness/demo_server.js',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at the second try has found something; it is not tried again.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [['dot']] : [['list']],
  projects: [project(true, 1280, 900), project(true, 390, 844), project(false, 1280, 900), project(false, 320, 640)],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: chromium,
      // Chromium's own sandbox cannot start as root, as in a container.
      chromiumSandbox: process.getuid() !== 0,
      args: [
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
      ],
    },
  },
});
