import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setMode, setName } from '../../core/document/index.ts';
import { createMemoryPlatform, type MemoryPlatform } from '../platform/memory.ts';
import { readPreferences } from '../state/session/fields.ts';
import type { Request } from '../../core/run/index.ts';
import { createServices } from '../state/create-services.ts';
import { keepInStep, PREFERENCES_KEY } from './keep-in-step.ts';
import type { Services } from '../state/services.ts';

const digits = readFileSync(new URL('../../assets/examples/digits.espalier', import.meta.url), 'utf8');

let platform: MemoryPlatform;
let services: Services;
let asked: Request[];

beforeEach(() => {
  vi.useFakeTimers();
  platform = createMemoryPlatform({ 'examples/digits.espalier': digits });
  asked = [];
  // Nothing is computed here: what matters is what the worker is asked.
  const connect = () => ({ post: (request: Request) => void asked.push(request), terminate: () => undefined });
  services = createServices({ platform, connect });
});

afterEach(() => {
  services.client.dispose();
  vi.useRealTimers();
});

const edit = () => services.document.edit('Set mode', (document) => setMode(document, 'eval'));

it('asks for the module tree when the meaning of the document changes, and not when only its title does', async () => {
  const stop = keepInStep(services);
  await vi.advanceTimersByTimeAsync(200);
  expect(asked.map((request) => request.kind)).toEqual(['describe']);
  services.document.edit('Rename', (document) => setName(document, 'other'));
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toHaveLength(1);
  stop();
});

it('writes preferences a moment after they change', async () => {
  const stop = keepInStep(services);
  services.session.set({ theme: 'light' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(readPreferences(platform.preferences.get(PREFERENCES_KEY), [])).toMatchObject({ theme: 'light' });
  stop();
});

it('runs commands and opens files that the desktop sends', async () => {
  const stop = keepInStep(services);
  platform.sendCommand('toggle-mode');
  expect(services.document.getState().document.settings).toHaveLength(1);
  services.document.undo();
  platform.sendFile(Promise.resolve({ name: 'digits.espalier', handle: '/digits.espalier', text: digits }));
  await vi.advanceTimersByTimeAsync(0);
  expect(services.document.getState().document.name).toBe('Digits classifier');
  stop();
});

it('saves because the window is to be closed, and says whether it did (D1)', async () => {
  const stop = keepInStep(services);
  edit();
  platform.kept = 'copy';
  expect(await platform.saveForClose()).toBe(false);
  expect(platform.kept).toBe('copy');
  platform.nextSaveAs = '/m.espalier';
  expect(await platform.saveForClose()).toBe(true);
  expect([platform.kept, platform.files.has('/m.espalier')]).toEqual([undefined, true]);
  stop();
});

it('does not close over what was edited while it was being saved', async () => {
  const stop = keepInStep(services);
  edit();
  platform.saveFileAs = async () => {
    services.document.edit('Rename', (document) => setName(document, 'later'));
    return { name: 'm.espalier', handle: '/m.espalier' };
  };
  expect(await platform.saveForClose()).toBe(false);
  stop();
});

it('leaves the file of a save to the document that was saved, if another is open by the time it ends', async () => {
  const stop = keepInStep(services);
  edit();
  platform.saveFileAs = async () => {
    services.document.load(setName(services.document.getState().document, 'another'), { name: 'another.espalier', handle: '/another' });
    return { name: 'first.espalier', handle: '/first' };
  };
  await platform.saveForClose();
  expect(services.document.getState().file?.handle).toBe('/another');
  stop();
});

it('tells what a command of the menu failed at (D7)', async () => {
  const stop = keepInStep(services);
  platform.openFile = () => Promise.reject(new Error('net.espalier has 70 MiB.'));
  platform.sendCommand('open');
  await vi.advanceTimersByTimeAsync(0);
  expect(services.dialogs.getState().open).toMatchObject({ kind: 'error', message: 'net.espalier has 70 MiB.' });
  services.dialogs.answer();
  services.canvas.fit = () => {
    throw new Error('no canvas');
  };
  platform.sendCommand('zoom-to-fit');
  await vi.advanceTimersByTimeAsync(0);
  expect(services.dialogs.getState().open).toMatchObject({ kind: 'error', title: '“Zoom to Fit” could not be done', message: 'no canvas' });
  stop();
});

it('tells of a file that cannot be read, and opens the next (D7)', async () => {
  const stop = keepInStep(services);
  platform.sendFile(Promise.reject(new Error('gone.espalier could not be read.')));
  platform.sendFile(Promise.resolve({ name: 'digits.espalier', handle: null, text: digits }));
  await vi.advanceTimersByTimeAsync(0);
  expect(services.dialogs.getState().open).toMatchObject({ kind: 'error', message: 'gone.espalier could not be read.' });
  expect(services.document.getState().document.name).toBe('Digits classifier');
  stop();
});
