/** @file A class, or some nodes of it, as the graph that the layout works on. */
import { nodePorts, type Check } from '../../../core/check/index.ts';
import type { ModelClass, ModelDocument, NodeId, Path, Point, Wire } from '../../../core/document/index.ts';
import { formatShape } from '../../../core/spec/index.ts';
import { LANE, type Direction, type LaidGraph, type LaidPort, type Spot } from './graph.ts';
import { NODE_WIDTH, nodeHeight, portOffset, snap } from './node-size.ts';

/** About what a character of a label takes, and what stands around the text. */
const CHARACTER = 6.2;
const AROUND = 14;
/** Downwards, labels stand beside each other. */
const LABEL_HEIGHT = 20;

export interface LaidFrom {
  readonly document: ModelDocument;
  readonly modelClass: ModelClass;
  readonly instance?: Path | undefined;
  readonly check: Check;
  readonly direction: Direction;
}

/** The graph of these nodes and of the wires between them. */
export function laidGraph({ document, modelClass, instance, check, direction }: LaidFrom, ids: readonly NodeId[]): LaidGraph {
  const known = check.instanceAt(modelClass.id, instance);
  const chosen = new Set(ids);
  const ports = (specs: Readonly<Record<string, unknown>> = {}): readonly LaidPort[] =>
    Object.keys(specs).map((name, i, all) => ({ name, at: portOffset(all.length, i, direction) }));
  const nodes = ids.map((id) => {
    const specs = nodePorts(document, modelClass.id, id, known?.scope);
    const [inputs, outputs] = [ports(specs?.inputs), ports(specs?.outputs)];
    // Whether a call shows its modes is known once it has been built.
    const height = nodeHeight({ inputs, outputs, hasBadges: modelClass.nodes[id]!.kind === 'call' }, direction);
    return {
      id,
      inputs,
      outputs,
      ...(direction === 'down' ? { along: height, across: NODE_WIDTH } : { along: NODE_WIDTH, across: height }),
    };
  });
  const wires = Object.values(modelClass.wires).filter(({ from, to }) => chosen.has(from.node) && chosen.has(to.node));
  const widthOf = ({ from }: Wire): number => {
    const spec = known?.nodes.get(from.node)?.outputs[from.port];
    return (spec ? formatShape(spec.shape).length : 1) * CHARACTER + AROUND;
  };
  return {
    nodes,
    wires: wires.map((wire) => ({ from: wire.from, to: wire.to, label: direction === 'down' ? LABEL_HEIGHT : widthOf(wire) })),
    // Downwards, labels stand beside their wires.
    lane: direction === 'down' ? wires.reduce((lane, wire) => Math.max(lane, widthOf(wire)), LANE) : LANE,
  };
}

/** Spots as points of the canvas, so that the whole has its top left corner at `corner`. */
export function pointsOf(spots: ReadonlyMap<NodeId, Spot>, direction: Direction, corner: Point): Readonly<Record<NodeId, Point>> {
  const points = [...spots].map(
    ([id, { along, across }]) => [id, direction === 'down' ? { x: across, y: along } : { x: along, y: across }] as const,
  );
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const [left, top] = [least(points.map(([, { x }]) => x)), least(points.map(([, { y }]) => y))];
  return Object.fromEntries(points.map(([id, { x, y }]) => [id, { x: snap(x - left + corner.x), y: snap(y - top + corner.y) }]));
}
