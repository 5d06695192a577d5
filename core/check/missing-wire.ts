/** @file An input without a wire, and the one value that it can have been meant for. */
import { connect } from '../document/edits/wires.ts';
import { own } from '../document/find.ts';
import type { Fix, Problem } from '../document/problem.ts';
import type { GraphNode, ModelDocument, PortRef } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeName } from '../graph/node-name.ts';
import { takes } from './fitting.ts';
import type { Instance } from './instance.ts';
import { portsOf } from './ports.ts';
import type { PlacedInstance } from './tree.ts';
import { whyNotWire } from './why-not-wire.ts';

/** More loose ends than these say nothing of what belongs where. */
const MANY = 32;

/** The problems of a class, those of inputs without a wire with the wire that is missing, where one value alone comes into question. */
export function withWires(document: ModelDocument, [use]: readonly PlacedInstance[], problems: readonly Problem[]): readonly Problem[] {
  if (!use || !problems.some(({ code }) => code === 'input/unconnected')) return problems;
  const loose = looseEnds(document, use.instance);
  if (loose.length === 0 || loose.length > MANY || problems.length > MANY * MANY) return problems;
  return problems.map((each) => {
    const { node, port } = each.place;
    if (each.code !== 'input/unconnected' || node === undefined || port === undefined) return each;
    const fix = missingWire(document, use.instance, loose, { node, port });
    return fix ? { ...each, fixes: [fix] } : each;
  });
}

interface End {
  readonly node: GraphNode;
  readonly from: PortRef;
}

/** What goes nowhere yet. */
function looseEnds(document: ModelDocument, { class: modelClass, scope }: Instance): readonly End[] {
  const graph = graphOf(modelClass);
  return Object.values(modelClass.nodes).flatMap((node): readonly End[] => {
    if (node.kind === 'output' || graph.outgoing(node.id).length > 0) return [];
    const [port] = Object.keys(portsOf(document, modelClass, node, scope)?.outputs ?? {});
    return port === undefined ? [] : [{ node, from: { node: node.id, port } }];
  });
}

function missingWire(
  document: ModelDocument,
  { class: modelClass, scope, nodes }: Instance,
  loose: readonly End[],
  to: PortRef,
): Fix | undefined {
  const target = graphOf(modelClass).node(to.node);
  const port = target && own(portsOf(document, modelClass, target, scope)?.inputs ?? {}, to.port);
  if (!port) return undefined;
  const fitting = loose.filter(
    ({ node, from }) =>
      node.id !== to.node &&
      takes(port, own(nodes.get(node.id)?.outputs ?? {}, from.port)) &&
      !whyNotWire(document, modelClass.id, from, to, scope),
  );
  const named = fitting.filter(({ node }) => nodeName(modelClass, node) === to.port);
  const [end, ...others] = named.length > 0 ? named : fitting;
  if (!end || others.length > 0) return undefined;
  return {
    label: `Wire ${nodeName(modelClass, end.node)} into ${to.port}`,
    edit: (model) => connect(model, modelClass.id, end.from, to),
  };
}
