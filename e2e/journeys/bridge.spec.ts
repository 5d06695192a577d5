import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { ORIGIN } from '../../electron/modules/app-protocol.ts';
import { makeFiles } from '../../electron/modules/files.ts';
import { makeHandlers } from '../../electron/modules/handlers.ts';
import { routeCalls } from '../../electron/modules/ipc.ts';
import { makeJsonStore } from '../../electron/modules/json-store.ts';
import { makeRecovery } from '../../electron/modules/recovery.ts';
import { expect, test } from '../fixtures.ts';

/** The desktop's side of the bridge without Electron: its real handlers over real files. Dialogs answer with the file that is named. */
function makeDesktop(folder: string) {
  const routes = new Map<string, (event: never, ...args: unknown[]) => unknown>();
  const told = { title: '', isUnsaved: false, file: path.join(folder, 'model.espalier') };
  const preferences = makeJsonStore(path.join(folder, 'preferences.json'));
  const recovery = makeRecovery(path.join(folder, 'recovery'));
  const dialog = {
    showOpenDialog: async () => ({ canceled: false, filePaths: [told.file] }),
    showSaveDialog: async () => ({ canceled: false, filePath: told.file }),
  };
  const files = makeFiles({ dialog, window: () => undefined, addRecent: () => undefined, preferences });
  const setUnsaved = (isUnsaved: boolean, title: string) => void Object.assign(told, { isUnsaved, title });
  const handlers = makeHandlers({ files, recovery, preferences, setUnsaved, savedForClose: () => undefined, onReady: () => undefined });
  routeCalls({ handle: (channel, route) => void routes.set(channel, route as never) }, ORIGIN, handlers);
  const event = { senderFrame: { url: `${ORIGIN}/index.html`, parent: null } };
  const call = (channel: string, args: unknown[]) => routes.get(channel)!(event as never, ...args);
  return { told, call };
}

type Listener = (value: unknown) => void;

/** Gives the page `window.espalier`, as the preload script does, and returns what sends it an event. */
async function exposeBridge(page: Page, call: (channel: string, args: unknown[]) => unknown) {
  await page.exposeFunction('callDesktop', call);
  await page.addInitScript(() => {
    const listeners = new Map<string, Listener>();
    const { callDesktop } = window as unknown as { callDesktop: (channel: string, args: unknown[]) => unknown };
    const espalier = {
      call: (channel: string, ...args: unknown[]) => callDesktop(channel, args),
      on: (event: string, listener: Listener) => (listeners.set(event, listener), () => listeners.delete(event)),
    };
    Object.assign(window, { espalier, tellWindow: (event: string, value: unknown) => listeners.get(event)!(value) });
  });
  await page.reload();
  return (event: string, value: unknown) =>
    page.evaluate(
      ([name, sent]) => (window as unknown as { tellWindow: (name: unknown, sent: unknown) => void }).tellWindow(name, sent),
      [event, value],
    );
}

test('saves and opens over the desktop’s bridge, and obeys its menu', async ({ editor }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'espalier-bridge-'));
  const { told, call } = makeDesktop(folder);
  const tell = await exposeBridge(editor.page, call);
  await editor.ready('2,474');

  await editor.mode('Eval');
  await expect.poll(() => told.isUnsaved).toBe(true);
  await tell('command', 'save');
  await expect.poll(() => told).toMatchObject({ isUnsaved: false, title: 'model.espalier' });
  const saved = readFileSync(told.file, 'utf8');
  expect(JSON.parse(saved).settings).toHaveLength(1);

  await tell('command', 'toggle-mode');
  await expect(editor.node('dropout')).toContainText('train');
  await editor.press('Control+s');
  await expect.poll(() => readFileSync(told.file, 'utf8')).not.toBe(saved);

  await tell('open-file', { name: 'other.espalier', handle: path.join(folder, 'other.espalier'), text: saved });
  await expect(editor.node('dropout')).toContainText('eval');
  await expect.poll(() => told.title).toBe('other.espalier');

  // A path that nobody chose is refused by the handlers, and the user is told.
  await editor.mode('Train');
  await tell('command', 'save');
  await expect(editor.page.getByRole('alertdialog')).toContainText('was not chosen in this session');
});
