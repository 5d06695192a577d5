/** @file What wires pass around: the nodes in sight, found by where they are. */

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Obstacle extends Rect {
  readonly id: string;
}

const CELL = 256;
/** What spans more cells than these is looked at by itself: a node may lie a million pixels from the next. */
const MANY_CELLS = 1024;

export function touches(a: Rect, b: Rect): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

export class Obstacles {
  private readonly cells = new Map<string, Obstacle[]>();
  private readonly wide: Obstacle[] = [];

  constructor(readonly all: readonly Obstacle[]) {
    for (const each of all) {
      if (countCells(each) > MANY_CELLS) {
        this.wide.push(each);
        continue;
      }
      for (const key of cellsOf(each)) {
        const cell = this.cells.get(key);
        if (cell) cell.push(each);
        else this.cells.set(key, [each]);
      }
    }
  }

  /** Those that touch a part of the canvas, each once. */
  in(region: Rect): readonly Obstacle[] {
    if (countCells(region) > Math.max(MANY_CELLS, this.all.length)) return this.all.filter((each) => touches(each, region));
    const found = new Set(this.wide.filter((each) => touches(each, region)));
    for (const key of cellsOf(region)) for (const each of this.cells.get(key) ?? []) if (touches(each, region)) found.add(each);
    return [...found];
  }
}

function countCells({ left, top, right, bottom }: Rect): number {
  return (Math.floor(right / CELL) - Math.floor(left / CELL) + 1) * (Math.floor(bottom / CELL) - Math.floor(top / CELL) + 1);
}

function* cellsOf({ left, top, right, bottom }: Rect): Generator<string> {
  for (let i = Math.floor(left / CELL); i <= Math.floor(right / CELL); i++)
    for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j++) yield `${i} ${j}`;
}
