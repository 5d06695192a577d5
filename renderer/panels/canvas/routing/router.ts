/**
 * @file The ways of the wires that are drawn, kept from one change to the next. While nodes are dragged the others' wires stay as they are: what is
 * dragged is in nobody's way until it is put down.
 */
import type { NodeId, Point } from '../../../../core/document/index.ts';
import type { Direction } from '../../../state/layout/graph.ts';
import { HANDLE_SIZE, NODE_WIDTH } from '../../../state/layout/node-size.ts';
import type { FlowNode } from '../node-view.tsx';
import type { FlowWire } from '../wire-view.tsx';
import { labelPlace, pathOf } from './draw.ts';
import { Obstacles, type Obstacle } from './obstacles.ts';
import { routeWire, type Route } from './route.ts';

/** About what a character of a label takes, what stands around it, and how high a line of it is. */
const CHARACTER = 6.2;
const AROUND = 14;
const LINE = 18;

interface Known {
  readonly key: string;
  readonly wire: FlowWire;
  readonly routed: FlowWire;
}

export class Router {
  private readonly known = new Map<string, Known>();
  private obstacles = new Obstacles([]);
  private standing: readonly FlowNode[] = [];
  private version = 0;

  /** The same wires with their ways; one whose way is what it was is the same object. */
  route(
    { nodes, wires }: { readonly nodes: readonly FlowNode[]; readonly wires: readonly FlowWire[] },
    dragged: Readonly<Record<NodeId, Point>>,
    direction: Direction,
  ): FlowWire[] {
    this.place(nodes.filter(({ id }) => !Object.hasOwn(dragged, id)));
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const routed = wires.map((wire) => this.routeOne(wire, byId, direction));
    if (this.known.size > 2 * wires.length + 100) {
      const drawn = new Set(wires.map(({ id }) => id));
      for (const id of this.known.keys()) if (!drawn.has(id)) this.known.delete(id);
    }
    return routed;
  }

  private place(standing: readonly FlowNode[]): void {
    const isSame = standing.length === this.standing.length && standing.every((node, i) => isSamePlace(node, this.standing[i]!));
    if (isSame) return;
    this.standing = standing;
    this.obstacles = new Obstacles(standing.map(obstacleOf));
    this.version += 1;
  }

  private routeOne(wire: FlowWire, byId: ReadonlyMap<NodeId, FlowNode>, direction: Direction): FlowWire {
    const [source, target] = [byId.get(wire.source), byId.get(wire.target)];
    const from = source && portOf(source, 'source', wire.sourceHandle);
    const to = target && portOf(target, 'target', wire.targetHandle);
    if (!from || !to || !wire.data) return wire;
    const { row, site } = wire.data;
    const key = `${this.version} ${direction} ${from.x} ${from.y} ${to.x} ${to.y}`;
    const known = this.known.get(wire.id);
    if (known?.key === key && known.wire === wire) return known.routed;
    const own = [obstacleOf(source), obstacleOf(target)];
    const way = routeWire({ from, to, own }, this.obstacles, direction);
    const texts = [row.shape ?? '?', ...row.probes.map(({ name }) => `xx${name}`)];
    const size = { width: Math.max(...texts.map(({ length }) => length)) * CHARACTER + AROUND, height: texts.length * LINE };
    const route: Route = { way, path: pathOf(way), label: labelPlace(way, size, this.obstacles, own) };
    const routed = { ...wire, data: { row, site, route } };
    this.known.set(wire.id, { key, wire, routed });
    return routed;
  }
}

function isSamePlace(a: FlowNode, b: FlowNode): boolean {
  return (
    a === b ||
    (a.id === b.id && a.position.x === b.position.x && a.position.y === b.position.y && a.height === b.height && a.width === b.width)
  );
}

function obstacleOf({ id, position: { x, y }, width = NODE_WIDTH, height = 0 }: FlowNode): Obstacle {
  return { id, left: x, top: y, right: x + width, bottom: y + height };
}

/** The middle of a port; undefined where the node has none of that name any more. */
function portOf({ position, handles = [] }: FlowNode, type: 'source' | 'target', name: string | null | undefined): Point | undefined {
  const handle = handles.find((each) => each.type === type && each.id === name);
  return handle && { x: position.x + handle.x + HANDLE_SIZE / 2, y: position.y + handle.y + HANDLE_SIZE / 2 };
}
