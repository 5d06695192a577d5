/** @file An input without a wire and the one value that it can have been meant for; a node that leads nowhere and where it can lead on to. */
import { addOutput } from '../document/edits/nodes.ts';
import { freeBelow } from '../document/edits/place.ts';
import { getClass } from '../document/edits/change.ts';
import { connect } from '../document/edits/wires.ts';
import { own } from '../document/find.ts';
import type { Fix, Problem } from '../document/problem.ts';
import type { GraphNode, ModelDocument, PortRef } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeName } from '../graph/node-name.ts';
import { inWiringOrder, takes } from './fitting.ts';
import type { Instance } from './instance.ts';
import { portsOf } from './ports.ts';
import type { PlacedInstance } from './tree.ts';
import { whyNotWire } from './why-not-wire.ts';
import { wireIn } from './wire-in.ts';

/** More loose ends than these say nothing of what belongs where. */
const MANY = 32;

/**
 * The problems of a class: those of inputs without a wire with the wire that is missing, where one value alone comes into question; those of nodes that
 * lead nowhere with what leads them on.
 */
export function withWires(document: ModelDocument, [use]: readonly PlacedInstance[], problems: readonly Problem[]): readonly Problem[] {
  if (!use || !problems.some(({ code }) => code === 'input/unconnected' || code === 'node/unused')) return problems;
  const loose = looseEnds(document, use.instance);
  if (loose.length === 0 || loose.length > MANY || problems.length > MANY * MANY) return problems;
  return problems.map((each) => {
    const { node, port } = each.place;
    if (each.code === 'node/unused') return withWays(document, use.instance, loose, each);
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
    const [port] = inWiringOrder(portsOf(document, modelClass, node, scope)?.outputs ?? {});
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

/** As many ways as a list shows, beside that of removing it. */
const WAYS = 2;

function withWays(document: ModelDocument, use: Instance, loose: readonly End[], problem: Problem): Problem {
  const end = loose.find(({ node }) => node.id === problem.place.node);
  const ways = end ? waysOn(document, use, end).slice(0, WAYS) : [];
  return ways.length === 0 ? problem : { ...problem, fixes: [...ways, ...(problem.fixes ?? [])] };
}

/** Where what goes nowhere can lead on to: an input that has no wire; in front of an output, where nothing comes in either; an output of its own. */
function waysOn(document: ModelDocument, use: Instance, { node, from }: End): readonly Fix[] {
  const { class: modelClass, scope, nodes } = use;
  const graph = graphOf(modelClass);
  const name = nodeName(modelClass, node);
  const spec = own(nodes.get(node.id)?.outputs ?? {}, from.port);
  const waiting = [...graph.usefulNodes].flatMap((id) => {
    const target = graph.node(id);
    const inputs = target ? (portsOf(document, modelClass, target, scope)?.inputs ?? {}) : {};
    return inWiringOrder(inputs)
      .map((port): PortRef => ({ node: id, port }))
      .filter((to) => !inputs[to.port]!.optional && !graph.wireInto(to) && takes(inputs[to.port]!, spec))
      .filter((to) => !whyNotWire(document, modelClass.id, from, to, scope));
  });
  const into = waiting.map((to): Fix => {
    const target = nodeName(modelClass, graph.node(to.node)!);
    const label = `Wire ${name} into ${to.port === 'in' || to.port === 'x' ? target : `${to.port} of ${target}`}`;
    return { label, edit: (model) => connect(model, modelClass.id, from, to) };
  });
  if (into.length > 0) return into;
  const takesIn = Object.keys(portsOf(document, modelClass, node, scope)?.inputs ?? {}).length > 0;
  if (takesIn && graph.incoming(node.id).length === 0)
    return graph.outputs.flatMap((output): readonly Fix[] => {
      const wire = graph.wireInto({ node: output.id, port: 'in' });
      if (!wire) return [];
      return [
        {
          label: `Put ${name} before ${output.name}`,
          edit: (model) => wireIn(model, modelClass.id, node.id, { wire: wire.id }, use).document,
        },
      ];
    });
  if (!takesIn) return [];
  return [
    {
      label: `Add an output behind ${name}`,
      edit(model) {
        const at = freeBelow(getClass(model, modelClass.id), { x: 0, y: 0 }, new Set());
        const added = addOutput(model, modelClass.id, { at });
        return wireIn(added.document, modelClass.id, added.node, { behind: [node.id] }, use).document;
      },
    },
  ];
}
