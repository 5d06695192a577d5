import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLatest } from './latest.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('sends the last of many', async () => {
  const sent: number[] = [];
  const latest = createLatest<number>(100, async (value) => void sent.push(value));
  for (const value of [1, 2, 3]) latest.schedule(value);
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual([3]);
});

it('never has two on their way, and tells the first that it is overtaken', async () => {
  const log: string[] = [];
  let settle: (() => void) | undefined;
  const latest = createLatest<string>(100, async (value, isLatest) => {
    log.push(`sent ${value}`);
    await new Promise<void>((resolve) => {
      settle = resolve;
    });
    log.push(`${value} ${isLatest() ? 'counts' : 'is overtaken'}`);
  });
  latest.schedule('a');
  await vi.advanceTimersByTimeAsync(100);
  latest.schedule('b');
  await vi.advanceTimersByTimeAsync(200);
  expect(log).toEqual(['sent a']);
  settle?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['sent a', 'a is overtaken', 'sent b']);
});

it('forgets what waits when it is cancelled', async () => {
  const sent: number[] = [];
  const latest = createLatest<number>(100, async (value) => void sent.push(value));
  latest.schedule(1);
  latest.cancel();
  await vi.advanceTimersByTimeAsync(500);
  expect(sent).toEqual([]);
});
