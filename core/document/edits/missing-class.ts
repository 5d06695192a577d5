/** @file A class that members name and the document does not hold, made anew with the ports that their wires ask for. */
import { classIdOf } from '../find.ts';
import { graphOf } from '../../graph/graph-of.ts';
import { nameFault, uniqueName } from '../names.ts';
import { emptyClass } from '../new-document.ts';
import type { ClassId, GraphNode, ModelClass, ModelDocument, Wire } from '../schema.ts';
import { EditError } from './edit-error.ts';
import { COLUMN, ROW } from './place.ts';

/** Adds the class under this id: what comes in goes out, to be filled. @throws EditError where it is there */
export function addMissingClass(document: ModelDocument, id: ClassId): ModelDocument {
  if (Object.hasOwn(document.classes, id)) throw new EditError('a class that is missing', `"${id}", which is there`, 'Enter it.');
  const taken = Object.values(document.classes).map(({ name }) => name);
  const made = withPorts(emptyClass(id, uniqueName('Block', taken)), portsAskedFor(document, id));
  return { ...document, classes: { ...document.classes, [id]: made } };
}

interface PortNames {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Every output gives the input of its place, or the last. */
function withPorts(modelClass: ModelClass, { inputs, outputs }: PortNames): ModelClass {
  const nodes: GraphNode[] = [
    ...inputs.map((name, order) => ({ id: `n${order + 1}`, kind: 'input' as const, name, order, shape: null, dtype: 'float32' as const })),
    ...outputs.map((name, order) => ({ id: `n${inputs.length + order + 1}`, kind: 'output' as const, name, order })),
  ];
  const wires = outputs.map((_, i): Wire => {
    const from = { node: `n${Math.min(i + 1, inputs.length)}`, port: 'out' };
    return { id: `w${i + 1}`, from, to: { node: `n${inputs.length + i + 1}`, port: 'in' } };
  });
  const byId = <T extends { readonly id: string }>(items: readonly T[]) => Object.fromEntries(items.map((each) => [each.id, each]));
  const places = nodes.map((node) => [node.id, { x: node.kind === 'input' ? 0 : 2 * COLUMN, y: ('order' in node ? node.order : 0) * ROW }]);
  return { ...modelClass, nodes: byId(nodes), wires: byId(wires), layout: Object.fromEntries(places) as ModelClass['layout'] };
}

/** The ports that wires lead to and from where members of this class are called. */
function portsAskedFor(document: ModelDocument, id: ClassId): PortNames {
  const [inputs, outputs] = [new Set<string>(), new Set<string>()];
  for (const modelClass of Object.values(document.classes)) {
    const graph = graphOf(modelClass);
    for (const node of Object.values(modelClass.nodes)) {
      const member = node.kind === 'call' ? graph.behind(node.member) : undefined;
      if (!member || classIdOf(member.type) !== id) continue;
      for (const { to } of graph.incoming(node.id)) inputs.add(to.port);
      for (const { from } of graph.outgoing(node.id)) outputs.add(from.port);
    }
  }
  const good = (names: Set<string>, use: 'input' | 'output', otherwise: string) => {
    const found = [...names].filter((name) => nameFault(name, use) === undefined);
    return found.length > 0 ? found : [otherwise];
  };
  return { inputs: good(inputs, 'input', 'x'), outputs: good(outputs, 'output', 'y') };
}
