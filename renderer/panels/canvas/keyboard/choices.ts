/** @file Where a wire in the hand of the keyboard may end: the ports that are stepped through, and what a typed name means. */
import { nodePorts } from '../../../../core/check/index.ts';
import type { NodeId, PortRef } from '../../../../core/document/index.ts';
import { graphOf, nodeName } from '../../../../core/graph/index.ts';
import { readingOrder } from '../../../state/walking/reading-order.ts';
import type { Wiring, WiringPlace } from '../gestures/wiring.ts';

export interface Choice extends PortRef {
  /** `relu`, or `add · y` where there are several ports. */
  readonly title: string;
  /** What its wire comes from now, which goes. */
  readonly replaces: string | undefined;
}

/** The side that the wire must end in. */
export function wantedOf({ held }: Pick<Wiring, 'held'>): 'inputs' | 'outputs' {
  return held.side === 'out' ? 'inputs' : 'outputs';
}

export function portsOf(
  { document, check, modelClass, instance }: WiringPlace,
  node: NodeId,
  side: 'inputs' | 'outputs',
): readonly string[] {
  return Object.keys(nodePorts(document, modelClass.id, node, check.instanceAt(modelClass.id, instance)?.scope)?.[side] ?? {});
}

/** The nodes as they are come to from one: those behind it, then round to those before. */
function nodesFrom({ modelClass }: WiringPlace, { held }: Wiring): readonly NodeId[] {
  const { nodes, placeOf } = readingOrder(modelClass);
  const at = placeOf.get(held.at.node) ?? 0;
  const after = nodes.slice(at + 1);
  const before = nodes.slice(0, at);
  return held.side === 'out' ? [...after, ...before] : [...before.toReversed(), ...after.toReversed()];
}

function choicesOn(place: WiringPlace, wiring: Wiring, node: NodeId): readonly Choice[] {
  const side = wantedOf(wiring);
  const ports = portsOf(place, node, side);
  const graph = graphOf(place.modelClass);
  const nameOf = (id: NodeId): string => nodeName(place.modelClass, place.modelClass.nodes[id]!);
  return ports.map((port) => {
    const wire = side === 'inputs' ? graph.wireInto({ node, port }) : undefined;
    const source = wire && Object.hasOwn(place.modelClass.nodes, wire.from.node) ? nameOf(wire.from.node) : undefined;
    return { node, port, title: ports.length > 1 ? `${nameOf(node)} · ${port}` : nameOf(node), replaces: source };
  });
}

/** The ports that the wire may end in, those that are free first; with something typed those of the nodes of that name, whether or not they fit. */
export function choicesOf(place: WiringPlace, wiring: Wiring, typed: string): readonly Choice[] {
  const side = wantedOf(wiring) === 'inputs' ? 'in' : 'out';
  const nodes = nodesFrom(place, wiring);
  const { modelClass } = place;
  const fitting = nodes.filter((id) => wiring.fits(id, side));
  if (typed === '') return freeFirst(fitting.flatMap((id) => choicesOn(place, wiring, id)));
  const text = typed.toLowerCase();
  const matches = (id: NodeId): number => nodeName(modelClass, modelClass.nodes[id]!).toLowerCase().indexOf(text);
  const named = (ids: readonly NodeId[]): readonly NodeId[] => [
    ...ids.filter((id) => matches(id) === 0),
    ...ids.filter((id) => matches(id) > 0),
  ];
  const found = named(fitting);
  return freeFirst((found.length > 0 ? found : named(nodes)).flatMap((id) => choicesOn(place, wiring, id)));
}

function freeFirst(choices: readonly Choice[]): readonly Choice[] {
  return [...choices.filter(({ replaces }) => replaces === undefined), ...choices.filter(({ replaces }) => replaces !== undefined)];
}

/** The choice that a step leads to, round in a circle; `node`: past the other ports of the same node. */
export function stepFrom(choices: readonly Choice[], at: number, step: 1 | -1, by: 'port' | 'node'): number {
  const { length } = choices;
  if (length === 0) return 0;
  for (let k = 1; k <= length; k++) {
    const next = (at + step * k + length * k) % length;
    if (by === 'port' || choices[next]!.node !== choices[at]!.node) return next;
  }
  return at;
}
