/**
 * @file Whether numbers of the data that are looked up in a table have a row there. JAX gives NaN for an id beyond the table, and every
 * number behind it is NaN, too: said before the run, with the row and the column.
 */
import { checkDocument } from '../check/check-document.ts';
import type { Instance } from '../check/instance.ts';
import type { GraphNode, ModelDocument, NodeId, Path, PortRef } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import type { RunProblem } from '../spec/run-error.ts';
import type { ColumnRange, Source } from '../spec/source.ts';

interface Lookup {
  /** As a person names it: `embed`. */
  readonly name: string;
  readonly path: Path;
  readonly node: NodeId;
  readonly size: number;
  /** `embeddings`, or what else there are so many of. */
  readonly what: string;
  readonly fix: string;
}

/** Ops that move numbers about and change none, all of them kept; a cast to whole numbers cuts what is behind the point. */
const MOVES = new Set(['reshape', 'flatten', 'squeeze', 'expandDims', 'transpose', 'identity', 'flip', 'roll', 'tile', 'repeat', 'cast']);
/** Ops that pick from `x` by `indices`. */
const PICKS = new Set(['take', 'takeAlongAxis']);

/** The first id without a row, in the first table that the input of the root leads to. */
export function findIdFault(document: ModelDocument, source: Pick<Source, 'ranges'>): RunProblem | undefined {
  if (!source.ranges) return undefined;
  const { root } = checkDocument(document);
  const [input] = root ? graphOf(root.class).inputs : [];
  if (!root || !input) return undefined;
  let ranges: readonly ColumnRange[] | undefined;
  for (const { name, path, node, size, what, fix } of lookups(root, [], input.id)) {
    ranges ??= source.ranges();
    const range = ranges.find(({ min, max }) => Math.trunc(min) < 0 || Math.trunc(max) >= size);
    if (!range) continue;
    const [id, row] = Math.trunc(range.min) < 0 ? [range.min, range.minRow] : [range.max, range.maxRow];
    return {
      code: 'data/id-range',
      message: `Row ${row}, column "${range.name}": expected an id from 0 to ${size - 1}, as ${name} has ${size} ${what}, got ${id}.`,
      hint: `${fix} ${Math.max(Math.trunc(range.max) + 1, size)} or more, or mend the row.`,
      path,
      node,
    };
  }
  return undefined;
}

/** How many rows the smallest table has that an input of the root is looked up in; undefined where it is looked up in none. */
export function smallestTable(root: Instance, input: NodeId): number | undefined {
  const sizes = [...lookups(root, [], input)].map(({ size }) => size);
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}

/** The tables that a value is looked up in without being changed before: by wires, ops that move it, and the inputs of nested classes. */
function* lookups(instance: Instance, path: Path, start: NodeId, seen: Set<NodeId> = new Set()): Generator<Lookup> {
  if (seen.has(start)) return;
  seen.add(start);
  const graph = graphOf(instance.class);
  for (const { to } of graph.outgoing(start)) {
    const node = graph.node(to.node);
    if (node?.kind === 'op') {
      const found = PICKS.has(node.op) && to.port === 'indices' ? pickedFrom(instance, path, node) : undefined;
      if (found) yield found;
      else if (MOVES.has(node.op) && to.port === 'x') yield* lookups(instance, path, node.id, seen);
    } else if (node?.kind === 'call' && node.method === undefined) yield* lookupsInCall(instance, path, node.member, to);
  }
}

function* lookupsInCall(instance: Instance, path: Path, memberId: string, to: PortRef): Generator<Lookup> {
  const member = graphOf(instance.class).behind(memberId);
  const result = member && instance.members.get(member.id);
  if (!member || !result) return;
  const size = result.args['numEmbeddings'];
  if (result.type === 'Embed' && typeof size === 'number')
    yield { name: member.name, path, node: to.node, size, what: 'embeddings', fix: `Set numEmbeddings of ${member.name} to` };
  const nested = instance.nodes.get(to.node)?.elements[0];
  const inner = nested && graphOf(nested.class).inputs.find((each) => each.name === to.port);
  if (nested && inner) yield* lookups(nested, [...path, member.name, ...(result.repeat === null ? [] : [0])], inner.id);
}

function pickedFrom(instance: Instance, path: Path, node: GraphNode & { readonly kind: 'op' }): Lookup | undefined {
  const result = instance.nodes.get(node.id);
  const shape = result?.inputs['x']?.shape;
  const axis = result?.args?.['axis'];
  const size = shape && typeof axis === 'number' ? shape.at(axis) : undefined;
  return typeof size === 'number'
    ? { name: node.op, path, node: node.id, size, what: `places along axis ${axis as number}`, fix: 'Pick from a tensor with' }
    : undefined;
}
