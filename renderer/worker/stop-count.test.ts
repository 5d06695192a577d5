import { afterEach, expect, it, vi } from 'vitest';
import { StopCount, StopsToCome } from './stop-count.ts';

afterEach(() => vi.unstubAllGlobals());

it('a stop is known to the worker from when it is asked for until its message arrives, and each of several', () => {
  vi.stubGlobal('crossOriginIsolated', true);
  const window = new StopCount();
  const worker = new StopsToCome();
  expect(worker.isComing()).toBe(false);
  worker.share(window.memory!);
  expect(worker.isComing()).toBe(false);
  window.asked();
  window.asked();
  expect(worker.isComing()).toBe(true);
  worker.arrived();
  expect(worker.isComing()).toBe(true);
  worker.arrived();
  expect(worker.isComing()).toBe(false);
});

it('nothing is shared in a page that is not isolated, and a stop goes by message alone', () => {
  const window = new StopCount();
  window.asked();
  expect(window.memory).toBeUndefined();
});
