/** @file Journeys through the built editor in a real browser, two at a time: each renders WebGL in software on a core of its own. */
import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../scripts/chromium.mjs';

const chromium = findChromium();

export default defineConfig({
  testDir: 'journeys',
  outputDir: '../out/test/journeys',
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  // One journey of a hundred that a busy machine cut short does not hide what the others say; `npm test` names it with its reason.
  retries: 1,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json']],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args: CHROMIUM_ARGS },
    video: 'off', // Needs a download.
    trace: 'on-first-retry', // Recording costs a quarter of the time of a journey that passes.
  },
});
