import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { Editor } from '../pages/editor.ts';

/** Runs in the page: how many windows have work kept for after a crash. */
function countKept(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('espalier');
    opening.onerror = () => reject(new Error(String(opening.error)));
    opening.onsuccess = () => {
      const range = IDBKeyRange.bound('recovery:', 'recovery:\uffff');
      const values = opening.result.transaction('values').objectStore('values').count(range);
      values.onsuccess = () => {
        opening.result.close();
        resolve(values.result);
      };
    };
  });
}

const kept = (page: Page) => expect.poll(() => page.evaluate(countKept));
const offer = (page: Page) => page.getByRole('alertdialog', { name: 'Restore unsaved work?' });

async function openTab(editor: Editor, address: string): Promise<Editor> {
  const next = new Editor(await editor.page.context().newPage());
  await next.page.goto(address);
  return next;
}

test('offers the work of a window that died (D3)', async ({ editor, address }) => {
  await editor.mode('Eval');
  await expect(editor.node('dropout')).toContainText('eval');
  await kept(editor.page).toBe(1);
  await editor.page.close({ runBeforeUnload: false });
  const next = new Editor(await editor.page.context().newPage());
  await next.page.goto(address);
  await offer(next.page)
    .getByRole('button', { name: /^Restore/ })
    .click();
  await expect(next.node('dropout')).toContainText('eval');
  await expect(next.status).toContainText('Unsaved changes');
});

test('keeps the work of two tabs apart: neither is offered the other’s while it is open, both are after they died (D3)', async ({
  editor,
  address,
}) => {
  const context = editor.page.context();
  await editor.mode('Eval');
  await kept(editor.page).toBe(1);
  const second = await openTab(editor, address);
  await second.ready('2,474');
  await expect(offer(second.page)).toHaveCount(0);
  await second.mode('Eval');
  await kept(second.page).toBe(2);
  await second.press('Control+z');
  await kept(second.page).toBe(1);
  await second.press('Control+Shift+z');
  await kept(second.page).toBe(2);

  await editor.page.close({ runBeforeUnload: false });
  await second.page.close({ runBeforeUnload: false });
  const third = new Editor(await context.newPage());
  await third.page.goto(address);
  const rows = offer(third.page).getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await rows.first().getByRole('button', { name: 'Discard it' }).click();
  await expect(rows).toHaveCount(1);
  await offer(third.page).getByRole('button', { name: 'Decide later' }).click();
  await expect(third.node('dropout')).toContainText('train');
  await kept(third.page).toBe(1);
});

// Without the fixture that fails on errors in the console: a fault is what this is about.
test('keeps a fault of one panel in its place, and tries again when asked (D7)', async ({ page, address }) => {
  await page.goto(address);
  const editor = new Editor(page);
  await editor.ready('2,474');
  await page.evaluate(() => {
    const { toLocaleTimeString } = Date.prototype;
    const broken = (): string => {
      throw new Error('a fault of the log');
    };
    Object.assign(Date.prototype, { toLocaleTimeString: broken });
    Object.assign(window, { mend: () => Object.assign(Date.prototype, { toLocaleTimeString }) });
  });
  await page.getByRole('group', { name: 'Run' }).getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('tab', { name: 'Log' }).click();
  const fault = page.getByRole('alert').filter({ hasText: '“Log” cannot be shown at the moment.' });
  await expect(fault).toContainText('a fault of the log');
  await editor.mode('Eval');
  await expect(editor.node('dropout')).toContainText('eval');
  await page.evaluate(() => (window as unknown as { mend: () => void }).mend());
  await fault.getByRole('button', { name: 'Try again' }).click();
  await expect(fault).toHaveCount(0);
  await expect(page.getByRole('tabpanel', { name: 'Log' })).toContainText('Run 1 finished');
});

test('is drawn and counts where the browser’s language is no language tag (D6)', async ({ editor }) => {
  await editor.page.addInitScript(() => {
    Object.defineProperties(navigator, { language: { get: () => 'C.UTF-8@posix' }, languages: { get: () => ['C.UTF-8@posix', ''] } });
  });
  await editor.page.reload();
  await editor.ready('2,474');
  await editor.page.getByRole('group', { name: 'Run' }).getByRole('button', { name: 'Run', exact: true }).click();
  await editor.page.getByRole('tab', { name: 'Log' }).click();
  await expect(editor.page.getByRole('tabpanel', { name: 'Log' })).toContainText('Run 1 finished');
});
