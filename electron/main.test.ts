import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as electron from 'electron';
import type * as Fake from './fake-electron.ts';
import type { Bridge } from './shared/ipc-contract.ts';

const { app, BrowserWindow, dialog, exposed, ipcMain, Menu, protocol, session } = electron as unknown as typeof Fake;
const folder = mkdtempSync(path.join(tmpdir(), 'espalier-'));
const bridge = (): Bridge => exposed.get('espalier') as Bridge;
const MODEL = { title: 'Model', extension: 'espalier', mediaType: 'application/json' };
const window = () => BrowserWindow.all[0]!;

beforeAll(async () => {
  app.userData = folder;
  await import('./main.ts');
  await import('./preload.ts');
  await vi.waitUntil(() => BrowserWindow.all[0]?.url === 'app://espalier/index.html');
});

describe('the main process', () => {
  it('makes one sandboxed, isolated window without Node', () => {
    expect(app.isSandboxed).toBe(true);
    expect(BrowserWindow.all).toHaveLength(1);
    expect(window().options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('registers a standard, secure scheme before it is ready', () => {
    expect(protocol.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    expect([...session.defaultSession.protocol.handlers.keys()]).toEqual(['app']);
  });

  it('denies every permission but writing text to the clipboard', () => {
    const asked = (permission: string): boolean => {
      let allowed = false;
      session.defaultSession.askPermission!(null, permission, (answer) => (allowed = answer));
      return allowed;
    };
    expect(['geolocation', 'media', 'notifications', 'fileSystem', 'openExternal'].some(asked)).toBe(false);
    expect(asked('clipboard-sanitized-write')).toBe(true);
    expect(session.defaultSession.checkPermission!(null, 'hid')).toBe(false);
  });

  it('refuses navigation away from the editor and any second window', () => {
    const navigate = (url: string): boolean => {
      let isPrevented = false;
      window().webContents.emit('will-navigate', { url, preventDefault: () => (isPrevented = true) });
      return !isPrevented;
    };
    expect(navigate('app://espalier/index.html#x')).toBe(true);
    expect(navigate('app://espalier.evil/index.html')).toBe(false);
    expect(navigate('https://example.com/')).toBe(false);
    expect(navigate('file:///etc/passwd')).toBe(false);
    expect(window().webContents.windowOpenHandler!({ url: 'https://example.com' })).toEqual({ action: 'deny' });
  });

  it('sends ids of commands from the menu', () => {
    const file = Menu.template.find((item) => item.label === 'File')!.submenu as Electron.MenuItemConstructorOptions[];
    const save = file.find((item) => item.label === 'Save')!;
    (save.click as unknown as () => void)();
    expect(window().webContents.sent).toContainEqual(['command', 'save']);
  });
});

describe('the bridge', () => {
  it('opens what the user chose, saves it atomically and remembers it', async () => {
    const file = path.join(folder, 'net.espalier');
    writeFileSync(file, '{"old":true}');
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
    expect(await bridge().call('file:open', [MODEL])).toEqual({
      ok: true,
      value: { name: 'net.espalier', handle: file, text: '{"old":true}' },
    });
    expect(await bridge().call('file:save', file, '{"new":true}')).toEqual({ ok: true, value: { name: 'net.espalier', handle: file } });
    expect(readFileSync(file, 'utf8')).toBe('{"new":true}');
    expect(app.recent).toContain(file);
  });

  it('opens a table without offering it as a document, and never writes to it', async () => {
    const file = path.join(folder, 'iris.csv');
    writeFileSync(file, 'a,b');
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
    expect(await bridge().call('file:open', [{ title: 'Table', extension: 'csv', mediaType: 'text/csv' }])).toMatchObject({ ok: true });
    expect(app.recent).not.toContain(file);
    expect(await bridge().call('file:save', file, 'x')).toMatchObject({ ok: false });
    expect(readFileSync(file, 'utf8')).toBe('a,b');
  });

  it('tells of a folder or a device in place of a file', async () => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/dev/zero'] });
    expect(await bridge().call('file:open', [MODEL])).toEqual({ ok: false, message: 'zero is a folder or a device, not a file.' });
  });

  it('refuses to write to a path that the user never chose', async () => {
    const outcome = await bridge().call('file:save', path.join(folder, 'other.txt'), 'x');
    expect(outcome).toEqual({ ok: false, message: 'other.txt was not chosen in this session. Use Save As to say where it goes.' });
  });

  it('answers null when the user cancels', async () => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
    expect(await bridge().call('file:open', [])).toEqual({ ok: true, value: null });
    expect(
      await bridge().call('file:save-as', 'a.espalier', { title: 'Model', extension: 'espalier', mediaType: 'application/json' }, '{}'),
    ).toEqual({
      ok: true,
      value: null,
    });
  });

  it('keeps preferences and the unsaved document', async () => {
    await bridge().call('preference:write', 'theme', 'dark');
    expect(await bridge().call('preference:read', 'theme')).toEqual({ ok: true, value: 'dark' });
    expect(await bridge().call('preference:read', 'missing')).toEqual({ ok: true, value: null });
    await bridge().call('recovery:write', 'first', 'unsaved work');
    expect(await bridge().call('recovery:left', 'second')).toMatchObject({ ok: true, value: [{ id: 'first', text: 'unsaved work' }] });
    expect(await bridge().call('recovery:left', 'first')).toEqual({ ok: true, value: [] });
    await bridge().call('recovery:clear', 'first');
    expect(await bridge().call('recovery:left', 'second')).toEqual({ ok: true, value: [] });
  });

  it('refuses other pages, sub-frames and arguments of the wrong type', async () => {
    const ask = (senderFrame: unknown, ...args: unknown[]) => ipcMain.handlers.get('recovery:write')!({ senderFrame } as never, ...args);
    const ours = { url: 'app://espalier/index.html', parent: null };
    expect(await ask({ url: 'https://example.com/', parent: null }, 'a', 'x')).toMatchObject({ ok: false });
    expect(await ask({ ...ours, parent: ours }, 'a', 'x')).toMatchObject({ ok: false });
    expect(await ask(null, 'a', 'x')).toMatchObject({ ok: false });
    expect(await ask(ours, 'a', 7)).toEqual({
      ok: false,
      message: 'Refused: recovery:write takes (string, string), got (string, number).',
    });
    expect(await ask(ours)).toMatchObject({ ok: false });
  });

  it('keeps files of the command line until the window is ready', async () => {
    const file = path.join(folder, 'early.espalier');
    writeFileSync(file, '{}');
    app.emit('open-file', { preventDefault: () => undefined }, file);
    expect(window().webContents.sent.some(([event]) => event === 'open-file')).toBe(false);
    await bridge().call('window:ready');
    await expect.poll(() => window().webContents.sent).toContainEqual(['open-file', { name: 'early.espalier', handle: file, text: '{}' }]);
  });

  it('asks before closing with unsaved changes, and only then', async () => {
    let isPrevented = false;
    const close = () => window().emit('close', { preventDefault: () => (isPrevented = true) });
    close();
    expect(isPrevented).toBe(false);
    await bridge().call('window:unsaved', true, 'net');
    expect(window().title).toBe('net • – Espalier');
    dialog.showMessageBox = async () => ({ response: 0 });
    close();
    expect(isPrevented).toBe(true);
    const asked = () => window().webContents.sent.filter(([event]) => event === 'save-for-close').length;
    await expect.poll(asked).toBe(1);
    await bridge().call('window:saved-for-close', false);
    await bridge().call('window:unsaved', false, 'net');
    expect(window().isDestroyed).toBe(false);
    await bridge().call('window:unsaved', true, 'net');
    close();
    await expect.poll(asked).toBe(2);
    await bridge().call('window:unsaved', false, 'net');
    await bridge().call('window:saved-for-close', true);
    expect(window().isDestroyed).toBe(true);
  });
});
