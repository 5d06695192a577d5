/** @file A page of its own in which one bundle and nothing else is loaded. */

/**
 * @param {import('playwright').Browser} browser
 * @param {{ readonly file: string, readonly styles?: string, readonly body?: string }} content the bundle, which the page loads as /bench.mjs
 */
export async function openPage(browser, { file, styles = '', body = '' }) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
  page.on('pageerror', (error) => console.error(error.message));
  // A page with an address of its own: about:blank may not import modules.
  await page.route('http://bench.local/**', (route) =>
    route.request().url().endsWith('.mjs')
      ? route.fulfill({ path: file, contentType: 'text/javascript' })
      : route.fulfill({ body: `<!doctype html><title>bench</title><style>${styles}</style>${body}`, contentType: 'text/html' }),
  );
  await page.goto('http://bench.local/');
  return page;
}
