/** @file Every journey runs in the built editor, served as `npm start` serves it, and fails on any error in the console or breach of the policy. */
import { test as base, expect } from '@playwright/test';
import { serve } from '../scripts/serve.mjs';
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
  editor: async ({ page, address }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.goto(address);
    await use(new Editor(page));
    expect(faults, 'errors in the console').toEqual([]);
  },
});

export { expect };
