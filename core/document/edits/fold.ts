/** @file Equal blocks in a row become one list: each item with the weights of its own that its block had, called one after the other. */
import { graphOf } from '../../graph/graph-of.ts';
import { classIdOf, findClass } from '../find.ts';
import { memberNameFor, uniqueName } from '../names.ts';
import { classesAlong } from '../references.ts';
import type { ClassId, MemberId, ModelClass, ModelDocument, ModuleRef, NodeId } from '../schema.ts';
import { changeClass, changeMember, getClass, getMember } from './change.ts';
import { EditError } from './edit-error.ts';
import { groupIntoClass } from './group.ts';
import { memberNames, renameMember } from './members.ts';
import { memberOf, removeFromClass } from './nodes.ts';
import { mapReferences } from './references.ts';
import { connectInClass } from './wires.ts';

/** Blocks of `period` nodes each, one behind the other: the nodes of the first, then those of the second … */
export interface Row {
  readonly nodes: readonly NodeId[];
  readonly period: number;
}

export interface Folded {
  readonly document: ModelDocument;
  readonly node: NodeId;
  readonly member: MemberId;
}

/**
 * Folds a row into a list of as many items; blocks of several nodes become a class first. Which blocks are alike is the caller's to say: what the
 * first is made of is what all are made of. Settings, views and bookmarks go on naming the same Modules.
 * @throws EditError where the nodes are no such row
 */
export function foldIntoList(document: ModelDocument, classId: ClassId, { nodes, period }: Row): Folded {
  const modelClass = getClass(document, classId);
  const blocks = Array.from({ length: nodes.length / period }, (_, i) => nodes.slice(i * period, (i + 1) * period));
  const [first, ...others] = blocks;
  if (!first || others.length === 0 || nodes.length % period !== 0)
    throw new EditError('two or more blocks of equally many nodes', `${nodes.length} nodes`, 'Choose whole blocks in a row.');
  const end = nodes.at(-1)!;
  const [results, probes] = [graphOf(modelClass).outgoing(end), modelClass.probes.filter((probe) => probe.at.node === end)];
  const members = blocks.map((block) => block.flatMap((id) => memberOf(modelClass.nodes[id]!)));
  const made = period === 1 ? { document, node: first[0]!, member: members[0]![0]! } : groupIntoClass(document, classId, first);
  const [output] = graphOf(getClass(made.document, classId)).outgoing(made.node);
  if (!output || members.some(({ length }) => length === 0))
    throw new EditError('blocks in a row that call a module each', 'others', 'Wire them one behind the other.');
  const leaving = { node: made.node, port: output.from.port };
  const shortened = changeClass(made.document, classId, (each) => {
    const cut = removeFromClass(each, others.flat());
    const moved = { ...cut, probes: [...cut.probes, ...probes.map((probe) => ({ ...probe, at: leaving }))] };
    const listed = changeMember(moved, made.member, (member) => ({ ...member, repeat: blocks.length }));
    return results.reduce((wired, { to }) => connectInClass(wired, leaving, to), listed);
  });
  const list = { class: classId, member: made.member, blocks: members, isClass: period > 1 };
  const referred = mapReferences(shortened, (ref) => [refInList(made.document, ref, list)]);
  const named = renameMember(referred, classId, made.member, listName(referred, getClass(referred, classId), made.member));
  return { document: named, node: made.node, member: made.member };
}

interface List {
  readonly class: ClassId;
  readonly member: MemberId;
  /** The members of each block, as they were before. */
  readonly blocks: readonly (readonly MemberId[])[];
  readonly isClass: boolean;
}

/** Where a Module of a row lies once the row is a list. */
function refInList(before: ModelDocument, ref: ModuleRef, list: List): ModuleRef {
  const classes = classesAlong(before, ref);
  for (const [at, part] of ref.entries()) {
    if (classes[at] !== list.class || typeof part !== 'string') continue;
    const [head, rest] = [ref.slice(0, at), ref.slice(at + 1)];
    if (part === list.member) return [...head, part, 0, ...rest];
    const item = list.blocks.findIndex((block) => block.includes(part));
    if (item > 0)
      return [...head, list.member, item, ...(list.isClass ? [list.blocks[0]![list.blocks[item]!.indexOf(part)]!] : []), ...rest];
  }
  return ref;
}

/** What a person would call it: `blocks`. */
function listName(document: ModelDocument, modelClass: ModelClass, id: MemberId): string {
  const { type, name } = getMember(modelClass, id);
  const typeName = findClass(document, classIdOf(type) ?? '')?.name ?? type;
  return uniqueName(
    `${memberNameFor(typeName)}s`,
    memberNames(modelClass).filter((each) => each !== name),
  );
}
