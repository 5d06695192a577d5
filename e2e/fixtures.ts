/**
 * @file Every journey runs in the built editor, served as `npm start` serves it, and fails on any error in the console, any breach of the
 * policy, and any breach of a rule of accessibility in the state in which it ends.
 */
import { test as base, expect } from '@playwright/test';
import { serve } from '../scripts/serve.mjs';
import { violations } from './axe.ts';
import { Editor } from './pages/editor.ts';

interface WorkerFixtures {
  readonly address: string;
}

interface Fixtures {
  readonly editor: Editor;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  address: [
    async ({}, use) => {
      const { url, close } = await serve('out/renderer');
      await use(url);
      await close();
    },
    { scope: 'worker' },
  ],
  page: async ({ page, address }, use, info) => {
    await use(page);
    // What failed for another reason is told by that reason alone; a journey may end where the editor is not.
    if (info.status !== info.expectedStatus || page.isClosed() || !page.url().startsWith(address)) return;
    expect(await violations(page), 'rules of accessibility where the journey ends').toEqual([]);
  },
  editor: async ({ page, address }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    // Choosers are caught from the start: a listener that comes with the key press may come behind it.
    page.on('filechooser', () => undefined);
    await page.goto(address);
    await use(new Editor(page));
    expect(faults, 'errors in the console').toEqual([]);
  },
});

export { expect };
