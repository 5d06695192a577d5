/** @file The window's longest task while it trains, through the built editor in a real browser. */
import { atMost, defineRow } from '../row.mjs';

const LIMIT_MS = 50;
const STEPS = 400;

/**
 * Trains the digits classifier and measures how long the window's main thread was ever taken: the longest gap of a loop that
 * asks for its turn again at once.
 */
export const row = defineRow({
  about: "the window's longest task while it trains",
  where: ['window'],
  async run({ browser, app, tell }, where) {
    const page = await (await browser()).newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(await app());
    await page.getByRole('button', { name: 'File menu' }).click();
    await page.getByRole('menuitem', { name: /^Open Example/ }).click();
    await page.getByRole('dialog').getByText('Digits classifier', { exact: true }).click();
    await page.getByText('2,474 parameters').waitFor();
    const steps = page.getByRole('textbox', { name: 'Steps to train' });
    await steps.fill(String(STEPS));
    await steps.press('Enter');
    await page.getByRole('tab', { name: 'Training' }).click();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    // Shaders are compiled and the plots are made in the first steps; what is measured is training as it goes on.
    await page.waitForFunction(
      () => /Step\s*[1-9]/.test(document.querySelector('dl[aria-label="Training"]')?.textContent ?? ''),
      undefined,
      { timeout: 120_000 },
    );
    const { longestMs, count } = await page.evaluate(
      () =>
        new Promise((resolve) => {
          let longest = 0;
          let tasks = 0;
          const observer = new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              longest = Math.max(longest, entry.duration);
              tasks += 1;
            }
          });
          // The browser reports every task of 50 ms or more; shorter ones are seen as gaps between our own turns.
          observer.observe({ type: 'longtask' });
          const { port1, port2 } = new MessageChannel();
          let last = performance.now();
          let gap = 0;
          port1.onmessage = () => {
            const now = performance.now();
            gap = Math.max(gap, now - last);
            last = now;
            const status = document.querySelector('[aria-label="Run status"]')?.textContent ?? '';
            if (!status.startsWith('Training')) resolve({ longestMs: longest || Math.min(gap, 50), count: tasks });
            else setTimeout(() => port2.postMessage(null), 0);
          };
          port2.postMessage(null);
        }),
    );
    await page.close();
    const detail = `${count} tasks of 50 ms or more in ${STEPS} steps`;
    tell(atMost("the window's longest task while training, in ms", where, longestMs, LIMIT_MS, detail));
  },
});
