import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newDocument, parseDocument, setMode, setName } from '../../core/document/index.ts';
import { createMemoryPlatform, type MemoryPlatform } from '../platform/memory.ts';
import { readPreferences } from '../state/session/fields.ts';
import type { Request } from '../../core/run/index.ts';
import { createServices } from '../state/create-services.ts';
import { showFirstDocument } from './first-document.ts';
import { keepInStep, keepRecoverable, PREFERENCES_KEY, RECOVERY_DELAY_MS } from './keep-in-step.ts';
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

it('keeps unsaved work for after a crash, and drops it when it is saved', async () => {
  const stop = keepRecoverable(services);
  edit();
  expect(platform.unsaved).toEqual({ isUnsaved: true, title: 'Untitled' });
  await vi.advanceTimersByTimeAsync(RECOVERY_DELAY_MS + 10);
  const kept = parseDocument(platform.recovery ?? '');
  expect(kept.ok && kept.document.settings).toHaveLength(1);
  services.document.markSaved({ name: 'm.espalier', handle: '/m.espalier' }, services.document.getState().document);
  await vi.advanceTimersByTimeAsync(RECOVERY_DELAY_MS);
  expect(platform.recovery).toBeUndefined();
  expect(platform.unsaved).toEqual({ isUnsaved: false, title: 'm.espalier' });
  stop();
});

it('writes preferences a moment after they change', async () => {
  const stop = keepInStep(services);
  services.session.set({ theme: 'light' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(readPreferences(platform.preferences.get(PREFERENCES_KEY))).toMatchObject({ theme: 'light' });
  stop();
});

it('runs commands and opens files that the desktop sends', async () => {
  const stop = keepInStep(services);
  platform.sendCommand('toggle-mode');
  expect(services.document.getState().document.settings).toHaveLength(1);
  services.document.undo();
  platform.sendFile({ name: 'digits.espalier', handle: '/digits.espalier', text: digits });
  await vi.advanceTimersByTimeAsync(0);
  expect(services.document.getState().document.name).toBe('Digits classifier');
  stop();
});

it('starts with the first example', async () => {
  await showFirstDocument(services);
  expect(services.document.getState().document.name).toBe('Digits classifier');
  expect(services.dialogs.getState().open).toBeNull();
});

it('offers unsaved work of the last time, and restores it as unsaved', async () => {
  platform.recovery = JSON.stringify(setName(newDocument(), 'lost work'));
  const shown = showFirstDocument(services);
  await vi.advanceTimersByTimeAsync(0);
  expect(services.dialogs.getState().open).toEqual({ kind: 'recover', name: 'lost work' });
  services.dialogs.answer('restore');
  await shown;
  expect(services.document.getState().document.name).toBe('lost work');
  expect(services.document.getState().history.savedId).toBeUndefined();
});

it('forgets unsaved work that the user discards', async () => {
  platform.recovery = JSON.stringify(setName(newDocument(), 'lost work'));
  const shown = showFirstDocument(services);
  await vi.advanceTimersByTimeAsync(0);
  services.dialogs.answer('discard');
  await shown;
  expect(platform.recovery).toBeUndefined();
  expect(services.document.getState().document.name).toBe('Digits classifier');
});
