/** @file Which nodes of a class do something. No argument changes it: it is found again only for other nodes, wires and probes. */
import { outputNodes } from '../document/order.ts';
import type { ModelClass, NodeId } from '../document/schema.ts';
import { indexWires } from './wire-index.ts';

type Parts = Pick<ModelClass, 'nodes' | 'wires' | 'probes'>;

const known = new WeakMap<ModelClass['wires'], { readonly parts: Parts; readonly useful: ReadonlySet<NodeId> }>();

/** The nodes from which an output or a probe can be reached. */
export function usefulNodes(parts: Parts): ReadonlySet<NodeId> {
  const before = known.get(parts.wires);
  if (before?.parts.nodes === parts.nodes && before.parts.probes === parts.probes) return before.useful;
  const { nodes, wires, probes } = parts;
  const useful = findUseful(parts);
  known.set(wires, { parts: { nodes, wires, probes }, useful });
  return useful;
}

function findUseful({ nodes, wires, probes }: Parts): ReadonlySet<NodeId> {
  const { incoming } = indexWires(wires);
  const useful = new Set<NodeId>();
  const waiting = [...outputNodes({ nodes }).map((node) => node.id), ...probes.map((probe) => probe.at.node)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (useful.has(node)) continue;
    useful.add(node);
    for (const wire of incoming.get(node) ?? []) waiting.push(wire.from.node);
  }
  return useful;
}
