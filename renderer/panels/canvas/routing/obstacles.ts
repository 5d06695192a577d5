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

export function touches(a: Rect, b: Rect): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

export class Obstacles {
  private readonly cells = new Map<string, Obstacle[]>();

  constructor(readonly all: readonly Obstacle[]) {
    for (const each of all)
      for (const key of cellsOf(each)) {
        const cell = this.cells.get(key);
        if (cell) cell.push(each);
        else this.cells.set(key, [each]);
      }
  }

  /** Those that touch a part of the canvas, each once. */
  in(region: Rect): readonly Obstacle[] {
    const found = new Set<Obstacle>();
    for (const key of cellsOf(region)) for (const each of this.cells.get(key) ?? []) if (touches(each, region)) found.add(each);
    return [...found];
  }
}

function* cellsOf({ left, top, right, bottom }: Rect): Generator<string> {
  for (let i = Math.floor(left / CELL); i <= Math.floor(right / CELL); i++)
    for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j++) yield `${i} ${j}`;
}
