import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseDocument, setName } from '../../core/document/index.ts';
import { createMemoryPlatform, type MemoryPlatform } from '../platform/memory.ts';
import { createServices } from '../state/create-services.ts';
import type { Services } from '../state/services.ts';
import { keepRecoverable, RECOVERY_DELAY_MS } from './keep-recoverable.ts';

let platform: MemoryPlatform;
let services: Services;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  platform = createMemoryPlatform();
  services = createServices({ platform, connect: () => ({ post: () => undefined, terminate: () => undefined }) });
  stop = keepRecoverable(services);
});

afterEach(() => {
  stop();
  services.client.dispose();
  vi.useRealTimers();
});

const rename = (name: string) => services.document.edit('Rename', (document) => setName(document, name));
const save = () => services.document.markSaved({ name: 'm.espalier', handle: '/m.espalier' }, services.document.getState().document);

function keptName(): string | undefined {
  const kept = parseDocument(platform.kept ?? '');
  return kept.ok ? kept.document.name : undefined;
}

it('keeps unsaved work for after a crash, and drops it at once when it is saved', async () => {
  rename('a');
  expect(platform.unsaved).toEqual({ isUnsaved: true, title: 'a' });
  await vi.advanceTimersByTimeAsync(RECOVERY_DELAY_MS + 50);
  expect(keptName()).toBe('a');
  save();
  await vi.advanceTimersByTimeAsync(0);
  expect(platform.kept).toBeUndefined();
  expect(platform.unsaved).toEqual({ isUnsaved: false, title: 'm.espalier' });
});

it('keeps it while edits go on, however fast they follow (D3)', async () => {
  const lags: number[] = [];
  for (let i = 0; i < 200; i++) {
    rename(`edit ${i}`);
    await vi.advanceTimersByTimeAsync(100);
    lags.push(i - Number(keptName()?.slice('edit '.length) ?? -1));
  }
  // Never more edits behind than fit into the delay, and a little for the writing.
  expect(Math.max(...lags)).toBeLessThanOrEqual((2 * RECOVERY_DELAY_MS) / 100);
  await vi.advanceTimersByTimeAsync(2 * RECOVERY_DELAY_MS);
  expect(keptName()).toBe('edit 199');
});

it('ends a write that is under way when the work is saved, and leaves no copy', async () => {
  rename('a');
  await vi.advanceTimersByTimeAsync(RECOVERY_DELAY_MS);
  save();
  await vi.advanceTimersByTimeAsync(10 * RECOVERY_DELAY_MS);
  expect(platform.kept).toBeUndefined();
});

it('says once that it cannot be kept, and goes on trying', async () => {
  let asked = 0;
  platform.recovery.write = async () => {
    asked += 1;
    throw new Error('The disk is full.');
  };
  for (const name of ['a', 'b', 'c']) {
    rename(name);
    await vi.advanceTimersByTimeAsync(2 * RECOVERY_DELAY_MS);
  }
  expect(asked).toBe(3);
  expect(services.dialogs.getState().notices.map(({ text }) => text)).toEqual([
    'Unsaved work cannot be kept for after a crash: The disk is full. Save it.',
  ]);
});
