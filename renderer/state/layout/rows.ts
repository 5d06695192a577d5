/** @file Blocks one behind the other, in rows as of a text: a chain of fifty layers is read, not scrolled along. */
import type { Spot } from './graph.ts';
import { NODE_WIDTH } from './node-size.ts';

/** A laid out run: its nodes from its own corner, and where the wire of the chain comes in and goes out, across the flow. */
export interface Block {
  readonly along: number;
  readonly across: number;
  readonly spots: readonly (readonly [string, Spot])[];
  readonly entry: number;
  readonly exit: number;
  /** The room to the block before it. */
  readonly gap: number;
}

/** As many nodes are one row in any case. */
const SHORT_ROW = 6 * (NODE_WIDTH + 80);
/** A row is at least so long where there are several. */
const LEAST_ROW = 5 * (NODE_WIDTH + 80);
/** How many times longer along the flow than across it the whole is, about as a window. */
const PROPORTION = 1.6;
/** Between one row and the next, on top of a lane, for the wire that leads back. */
const WAY_BACK = 32;

/** Where the nodes of all blocks are, from the corner of the whole, and how large that is. */
export function inRows(
  blocks: readonly Block[],
  lane: number,
): { readonly spots: readonly (readonly [string, Spot])[]; readonly size: Spot } {
  const total = blocks.reduce((sum, { along, gap }) => sum + along + gap, 0);
  const gap = lane + WAY_BACK;
  const length = rowLength(blocks, total, gap);
  const spots: (readonly [string, Spot])[] = [];
  let [top, longest] = [0, 0];
  for (const row of breakInto(blocks, length)) {
    const { placed, height, width } = level(row);
    for (const { block, along, across } of placed)
      for (const [id, at] of block.spots) spots.push([id, { along: along + at.along, across: top + across + at.across }]);
    top += height + gap;
    longest = Math.max(longest, width);
  }
  return { spots, size: { along: longest, across: Math.max(0, top - gap) } };
}

function rowLength(blocks: readonly Block[], total: number, rowGap: number): number {
  const longest = blocks.reduce((most, { along }) => Math.max(most, along), 0);
  // Where most is one block that no break can divide, a row for what stands before it and one for what stands behind gain nothing.
  if (total <= SHORT_ROW || longest > total / 2) return total;
  const pitch = blocks.reduce((sum, { across }) => sum + across, 0) / blocks.length + rowGap;
  const wanted = Math.max(LEAST_ROW, Math.sqrt(PROPORTION * total * pitch));
  // Rows of about the same length, rather than full ones and a short last.
  return total / Math.ceil(total / wanted) + NODE_WIDTH / 2;
}

function breakInto(blocks: readonly Block[], length: number): readonly (readonly Block[])[] {
  const rows: Block[][] = [];
  let at = Infinity;
  for (const block of blocks) {
    if (at + block.gap + block.along > length) {
      rows.push([]);
      at = -block.gap;
    }
    rows.at(-1)!.push(block);
    at += block.gap + block.along;
  }
  return rows;
}

/** A row in which the wire of the chain runs straight. */
function level(row: readonly Block[]) {
  let [along, line, above, below] = [0, 0, 0, 0];
  const placed = row.map((block, i) => {
    if (i > 0) along += block.gap;
    const spot = { block, along, across: line - block.entry };
    line = spot.across + block.exit;
    along += block.along;
    above = Math.min(above, spot.across);
    below = Math.max(below, spot.across + block.across);
    return spot;
  });
  return { placed: placed.map((each) => ({ ...each, across: each.across - above })), height: below - above, width: along };
}
