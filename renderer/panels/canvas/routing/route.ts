/**
 * @file The way of one wire around nodes: along the flow and across it, with as few bends as it can. Tried are a straight line, one step in the
 * gap, and ways through the channels above and below what stands between.
 */
import type { Point } from '../../../../core/document/index.ts';
import type { Direction } from '../../../state/layout/graph.ts';
import type { Obstacle, Obstacles, Rect } from './obstacles.ts';

/** A way as it is drawn. */
export interface Route {
  readonly way: readonly Point[];
  readonly path: string;
  /** The lower middle of its label. */
  readonly label: Point;
}

export interface Ends {
  readonly from: Point;
  readonly to: Point;
  /** The nodes at both ends: a wire touches them where it leaves and enters. */
  readonly own: readonly Obstacle[];
}

/** How far a wire goes straight out of a port, and into one. */
const STUB = 18;
/** What a wire keeps free of nodes that it passes. */
const CLEARANCE = 10;
/** A bend is worth so many pixels of detour, and running behind a node none at all. */
const BEND = 30;
const BEHIND = 10_000;
/** How often channels around what was in the way are looked for. */
const ROUNDS = 3;
/** So many channels are tried in a round: of hundreds of nodes in a heap each would be as bad as the next. */
const MOST_CHANNELS = 32;

/** The corners of the way, both ends included. */
export function routeWire({ from, to, own }: Ends, obstacles: Obstacles, direction: Direction): readonly Point[] {
  const turned = direction === 'down';
  const way = new Way(turn(from, turned), turn(to, turned), own, obstacles, turned).find();
  return way.map((point) => turn(point, turned));
}

function turn(point: Point, turned: boolean): Point {
  return turned ? { x: point.y, y: point.x } : point;
}

function turnRect(rect: Rect, turned: boolean): Rect {
  return turned ? { left: rect.top, top: rect.left, right: rect.bottom, bottom: rect.right } : rect;
}

/** Works as if the flow ran to the right. */
class Way {
  private readonly blockers = new Set<Obstacle>();
  private readonly ownIds: ReadonlySet<string>;

  constructor(
    private readonly from: Point,
    private readonly to: Point,
    private readonly own: readonly Obstacle[],
    private readonly obstacles: Obstacles,
    private readonly turned: boolean,
  ) {
    this.ownIds = new Set(own.map(({ id }) => id));
  }

  find(): readonly Point[] {
    const { from, to } = this;
    let best = this.cheapest(this.direct());
    if (best.cost < BEHIND) return best.way;
    const tried = new Set<number>();
    for (let round = 0; round < ROUNDS && best.cost >= BEHIND; round++) {
      const channels = [from.y, to.y, (from.y + to.y) / 2, ...this.channels()].filter((y) => !tried.has(y));
      if (channels.length === 0) break;
      for (const y of channels) tried.add(y);
      const found = this.cheapest(channels.map((y) => this.through(y)));
      if (found.cost < best.cost) best = found;
    }
    return best.way;
  }

  /** Straight, or with one step between the ends. */
  private direct(): readonly (readonly Point[])[] {
    const { from, to } = this;
    const room = to.x - from.x;
    if (room >= 0 && Math.abs(from.y - to.y) < 0.5) return [[from, to]];
    if (room < 2 * STUB) return [this.through((from.y + to.y) / 2)];
    return [(from.x + to.x) / 2, from.x + STUB, to.x - STUB].map((x) => [from, { x, y: from.y }, { x, y: to.y }, to]);
  }

  private through(y: number): readonly Point[] {
    const { from, to } = this;
    const [out, into] = [from.x + STUB, to.x - STUB];
    return [from, { x: out, y: from.y }, { x: out, y }, { x: into, y }, { x: into, y: to.y }, to];
  }

  /** Beside what was in the way so far, the nearest first. */
  private channels(): readonly number[] {
    const middle = (this.from.y + this.to.y) / 2;
    return [...this.blockers, ...this.own]
      .map((each) => turnRect(each, this.turned))
      .flatMap(({ top, bottom }) => [top - CLEARANCE - 4, bottom + CLEARANCE + 4])
      .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
      .slice(0, MOST_CHANNELS);
  }

  private cheapest(ways: readonly (readonly Point[])[]): { readonly way: readonly Point[]; readonly cost: number } {
    let [best, least] = [ways[0]!, Infinity];
    for (const each of ways) {
      const way = withoutIdle(each);
      const cost = this.costOf(way);
      if (cost < least) [best, least] = [way, cost];
    }
    return { way: best, cost: least };
  }

  private costOf(way: readonly Point[]): number {
    let cost = (way.length - 2) * BEND;
    for (let i = 1; i < way.length; i++) {
      const [a, b] = [way[i - 1]!, way[i]!];
      cost += Math.abs(a.x - b.x) + Math.abs(a.y - b.y) + BEHIND * this.behind(a, b);
    }
    return cost;
  }

  /** Behind how many nodes a part of the way would run. */
  private behind(a: Point, b: Point): number {
    const line = { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), right: Math.max(a.x, b.x), bottom: Math.max(a.y, b.y) };
    const around = {
      left: line.left - CLEARANCE,
      top: line.top - CLEARANCE,
      right: line.right + CLEARANCE,
      bottom: line.bottom + CLEARANCE,
    };
    let count = 0;
    for (const each of this.obstacles.in(turnRect(around, this.turned))) {
      if (this.ownIds.has(each.id)) continue;
      this.blockers.add(each);
      count += 1;
    }
    // Its own nodes a wire may touch, but not cross.
    for (const each of this.own) {
      const { left, top, right, bottom } = turnRect(each, this.turned);
      if (line.left < right - 1 && line.right > left + 1 && line.top < bottom - 1 && line.bottom > top + 1) count += 1;
    }
    return count;
  }
}

/** Without corners that are none. */
function withoutIdle(way: readonly Point[]): readonly Point[] {
  const kept: Point[] = [];
  for (const [i, point] of way.entries()) {
    const [before, after] = [kept.at(-1), way[i + 1]];
    const isIdle =
      before !== undefined &&
      after !== undefined &&
      ((Math.abs(before.x - point.x) < 0.5 && Math.abs(point.x - after.x) < 0.5) ||
        (Math.abs(before.y - point.y) < 0.5 && Math.abs(point.y - after.y) < 0.5));
    if (!isIdle) kept.push(point);
  }
  return kept;
}
