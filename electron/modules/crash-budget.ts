/** @file How often a crashed page is loaded again: a page that dies at once must not flicker for ever. */

const MAX_RELOADS = 3;
const HEALTHY_MS = 60_000;

/** Each call asks for one reload. Three are granted, and three more after a minute without a crash. */
export function reloadBudget(nowMs: () => number): () => boolean {
  let used = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  return () => {
    const now = nowMs();
    if (now - lastMs > HEALTHY_MS) used = 0;
    lastMs = now;
    used += 1;
    return used <= MAX_RELOADS;
  };
}
