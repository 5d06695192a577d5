/**
 * @file Whether whole numbers of the data that are looked up in an Embed have a row there. JAX gives NaN for an id beyond the table, and
 * every number behind it is NaN, too: said before the run, with the row and the column.
 */
import { checkDocument } from '../check/check-document.ts';
import type { Instance } from '../check/instance.ts';
import type { ModelDocument, NodeId, Path } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import type { RunProblem } from '../spec/run-error.ts';
import type { ColumnRange } from '../spec/source.ts';

interface Lookup {
  readonly name: string;
  readonly path: Path;
  readonly node: NodeId;
  readonly size: number;
}

/** The first id without a row, in the first table that the input of the root leads to directly. */
export function findIdFault(document: ModelDocument, ranges: readonly ColumnRange[]): RunProblem | undefined {
  const { root } = checkDocument(document);
  const [input] = root ? graphOf(root.class).inputs : [];
  if (!root || !input) return undefined;
  for (const { name, path, node, size } of lookups(root, [], input.id)) {
    const range = ranges.find(({ min, max }) => min < 0 || max >= size);
    if (!range) continue;
    const [id, row] = range.min < 0 ? [range.min, range.minRow] : [range.max, range.maxRow];
    return {
      code: 'data/id-range',
      message: `Row ${row}, column "${range.name}": expected an id from 0 to ${size - 1}, as ${name} has ${size} embeddings, got ${id}.`,
      hint: `Set numEmbeddings of ${name} to ${Math.max(range.max + 1, size)} or more, or mend the row.`,
      path,
      node,
    };
  }
  return undefined;
}

/** The Embeds that a value reaches without being changed: by wires, and through the inputs of nested classes. */
function* lookups(instance: Instance, path: Path, start: NodeId): Generator<Lookup> {
  const graph = graphOf(instance.class);
  for (const { to } of graph.outgoing(start)) {
    const node = graph.node(to.node);
    const member = node?.kind === 'call' ? graph.behind(node.member) : undefined;
    const result = member && instance.members.get(member.id);
    if (!node || !member || !result) continue;
    const size = result.args['numEmbeddings'];
    if (result.type === 'Embed' && typeof size === 'number') yield { name: member.name, path, node: node.id, size };
    const nested = instance.nodes.get(node.id)?.elements[0];
    const inner = nested && graphOf(nested.class).inputs.find((each) => each.name === to.port);
    if (nested && inner) yield* lookups(nested, [...path, member.name, ...(result.repeat === null ? [] : [0])], inner.id);
  }
}
