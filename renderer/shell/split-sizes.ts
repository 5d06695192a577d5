/** @file What each panel of a split has of it. */

interface SizedSide {
  readonly id: string;
  readonly isOpen: boolean;
  /** How large it is until someone has changed it, as `232px` or `32%`. */
  readonly first: string;
}

/**
 * Shares in per cent, by panel: nothing for closed sides, what was kept for open ones, and the rest for the middle.
 * `room` is the length of all together, in pixels; without any, sizes in pixels are none.
 */
export function splitSizes(
  sides: readonly SizedSide[],
  middle: string,
  kept: Readonly<Record<string, number>> | undefined,
  room: number,
): Record<string, number> {
  const isKept = kept !== undefined && sides.every(({ id, isOpen }) => !isOpen || (kept[id] ?? 0) > 0);
  const shares = sides.map((side) => [side.id, !side.isOpen ? 0 : isKept ? kept[side.id]! : shareOf(side.first, room)] as const);
  const rest = 100 - shares.reduce((sum, [, share]) => sum + share, 0);
  return { ...Object.fromEntries(shares), [middle]: Math.max(0, rest) };
}

function shareOf(size: string, room: number): number {
  const amount = Number.parseFloat(size);
  if (size.endsWith('%')) return amount;
  return room > 0 ? Math.min(100, (amount / room) * 100) : 0;
}
