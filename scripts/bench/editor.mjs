/** @file The built editor and the bare page, each open and ready to be measured. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { installInPage } from './in-page.mjs';
import { openPage } from './page.mjs';

const require = createRequire(import.meta.url);

/**
 * A page of the editor that has come to rest.
 * @param {import('./row.mjs').Bench} bench
 */
export async function openEditor({ browser, app }) {
  const page = await (await browser()).newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => console.error(error.message));
  await page.addInitScript(installInPage);
  await page.goto(await app());
  await page.getByText('Ready', { exact: true }).waitFor();
  await page.getByText(/^(WebGL|CPU)/).waitFor();
  await page.waitForTimeout(500);
  return page;
}

/**
 * Chooses a file in the editor.
 * @param {import('playwright').Page} page @param {string} text @param {number} parameters that it has
 * @returns {Promise<{ ms: number, nodes: number, longestMs: number }>} until shapes and the count of parameters have been painted
 */
export async function openInEditor(page, text, parameters) {
  await page.evaluate((text) => {
    // @ts-ignore
    globalThis.bench.file = new File([text], 'bench.espalier');
  }, text);
  await page.keyboard.press('Control+o');
  return page.evaluate(async (parameters) => {
    // @ts-ignore
    const { bench } = globalThis;
    const ms = await bench.until(() => {
      const status = document.querySelector('footer[aria-label="Status"]')?.textContent ?? '';
      if (!status.includes(`${parameters} parameters`) || !status.includes('No problems')) return false;
      return document.querySelector('.react-flow__node') !== null && document.querySelector('.wire-shape')?.textContent === '(batch, 8)';
    });
    return { ms, nodes: document.querySelectorAll('.react-flow__node').length, longestMs: await bench.longestTask() };
  }, parameters.toLocaleString('en-US'));
}

/** @param {import('./row.mjs').Bench} bench */
export async function openBarePage({ browser, bundle }) {
  const file = await bundle('scripts/bench/pages/bare-flow.mjs', 'browser');
  const styles = `${readFileSync(require.resolve('reactflow/dist/style.css'), 'utf8')} body { margin: 0 } main { width: 906px; height: 510px }`;
  const page = await openPage(await browser(), { file, styles });
  await page.evaluate(installInPage);
  await page.evaluate(async () => {
    await import(/* @vite-ignore */ `${location.origin}/bench.mjs`);
  });
  await page.waitForTimeout(300);
  return page;
}

/**
 * Gives the bare page a file.
 * @param {import('playwright').Page} page @param {string} text
 * @returns {Promise<{ ms: number, nodes: number }>} until nodes and edges have been painted
 */
export function openInBarePage(page, text) {
  return page.evaluate(async (text) => {
    const { open } = await import(/* @vite-ignore */ `${location.origin}/bench.mjs`);
    // @ts-ignore
    const { bench } = globalThis;
    const file = new File([text], 'bench.espalier');
    bench.startedMs = performance.now();
    void open(file);
    const ms = await bench.until(() => {
      const node = document.querySelector('.react-flow__node');
      return node !== null && getComputedStyle(node).visibility === 'visible' && document.querySelector('.react-flow__edge-path') !== null;
    });
    return { ms, nodes: document.querySelectorAll('.react-flow__node').length };
  }, text);
}
