/** @file Members of a class: dropping a layer makes a member and its call in one go. */
import { classIdOf, findClass, usesClass } from '../find.ts';
import { nextId } from '../ids.ts';
import { memberNameFor, uniqueName } from '../names.ts';
import { nextKey } from '../records.ts';
import type {
  Argument,
  Arguments,
  CallNode,
  ClassId,
  Member,
  MemberId,
  ListUse,
  MemberUse,
  ModelClass,
  ModelDocument,
  NodeId,
  Point,
} from '../schema.ts';
import { changeClass, changeMember, changeNode, checkName, getClass, getMember, getNode, withNode } from './change.ts';
import { nameClassLoop } from './loops.ts';
import { EditError } from './edit-error.ts';
import { removeFromClass } from './nodes.ts';
import { dropDeadReferences, renameReferences, repeatReferences } from './references.ts';

export interface NewMember {
  /** A layer type, or `class:<id>`. */
  readonly type: string;
  readonly args?: Arguments;
  /** The attribute's name; by default made from the type. A number is added if it is taken. */
  readonly name?: string;
  readonly at: Point;
}

/** Adds a member and a node that calls it. Refuses a class that would contain itself. */
export function addMember(
  document: ModelDocument,
  classId: ClassId,
  given: NewMember,
): { readonly document: ModelDocument; readonly member: MemberId; readonly node: NodeId } {
  const modelClass = getClass(document, classId);
  const usedClass = classIdOf(given.type);
  if (usedClass !== undefined) refuseRecursion(document, modelClass, usedClass);
  const typeName = usedClass === undefined ? given.type : (findClass(document, usedClass)?.name ?? 'module');
  const name = uniqueName(given.name ?? memberNameFor(typeName), memberNames(modelClass));
  checkName(name, 'member', []);
  const member: Member = {
    id: nextId(
      'm',
      modelClass.members.map((each) => each.id),
    ),
    name,
    type: given.type,
    args: given.args ?? {},
  };
  const changed = changeClass(document, classId, (each) => ({ ...each, members: [...each.members, member] }));
  return { ...addCall(changed, classId, member.id, given.at), member: member.id };
}

/** @throws EditError if a class that uses `used` would come to contain itself */
export function refuseRecursion(document: ModelDocument, modelClass: ModelClass, used: ClassId): void {
  const name = getClass(document, used).name;
  if (!usesClass(document, used, modelClass.id)) return;
  throw new EditError(
    `a class that does not contain ${modelClass.name}`,
    name,
    `${name} would contain itself: ${nameClassLoop(document, modelClass.id, used)}. Use a layer or another class.`,
  );
}

/** Adds another use of a member: the same weights once more, called, called by another method, or a Variable of it as a value. */
export function addCall(
  document: ModelDocument,
  classId: ClassId,
  memberId: MemberId,
  at: Point,
  { method, variable, collect, item }: MemberUse & ListUse = {},
): { readonly document: ModelDocument; readonly node: NodeId } {
  const modelClass = getClass(document, classId);
  getMember(modelClass, memberId);
  const id = nextKey('n', modelClass.nodes);
  const use = { ...(method === undefined ? {} : { method }), ...(variable === undefined ? {} : { variable }) };
  const call: CallNode = { id, kind: 'call', member: memberId, ...use, ...listUse({ collect, item }) };
  return { node: id, document: changeClass(document, classId, (each) => withNode(each, call, at)) };
}

/** Adds a second name for a member: a shared reference, which `iterModules` shows under its first path. */
export function addAlias(
  document: ModelDocument,
  classId: ClassId,
  memberId: MemberId,
  name: string,
): { readonly document: ModelDocument; readonly member: MemberId } {
  const modelClass = getClass(document, classId);
  const target = getMember(modelClass, memberId);
  checkName(name, 'member', memberNames(modelClass));
  const id = nextId(
    'm',
    modelClass.members.map((each) => each.id),
  );
  const alias: Member = { id, name, type: target.type, args: {}, aliasOf: target.aliasOf ?? target.id };
  return { member: id, document: changeClass(document, classId, (each) => ({ ...each, members: [...each.members, alias] })) };
}

/** Removes a member with every node that calls it, and its aliases, and theirs, with those that call them. */
export function removeMember(document: ModelDocument, classId: ClassId, memberId: MemberId): ModelDocument {
  const changed = changeClass(document, classId, (modelClass) => {
    getMember(modelClass, memberId);
    const gone = withAliases(modelClass, memberId);
    const calls = Object.values(modelClass.nodes).filter((node) => node.kind === 'call' && gone.has(node.member));
    const cleared = removeFromClass(
      modelClass,
      calls.map((node) => node.id),
    );
    return { ...cleared, members: cleared.members.filter((each) => !gone.has(each.id)) };
  });
  return dropDeadReferences(changed);
}

/**
 * Renames the attribute, also in filters that a person typed.
 * @throws EditError for a name that cannot be one, or that another member or a field has.
 */
export function renameMember(document: ModelDocument, classId: ClassId, memberId: MemberId, name: string): ModelDocument {
  const before = getMember(getClass(document, classId), memberId).name;
  const renamed = changeClass(document, classId, (modelClass) => {
    const others = modelClass.members.filter((each) => each.id !== memberId).map((each) => each.name);
    checkName(name, 'member', [...others, ...modelClass.fields.map((field) => field.name)]);
    return changeMember(modelClass, memberId, (member) => (member.name === name ? member : { ...member, name }));
  });
  return renamed === document ? document : renameReferences(document, renamed, before, name);
}

/** Puts a member at another place in the order of construction, which is the order of random draws. */
export function moveMember(document: ModelDocument, classId: ClassId, memberId: MemberId, index: number): ModelDocument {
  return changeClass(document, classId, (modelClass) => {
    const member = getMember(modelClass, memberId);
    const others = modelClass.members.filter((each) => each !== member);
    const members = others.toSpliced(Math.max(0, Math.min(index, others.length)), 0, member);
    return members.every((each, i) => each === modelClass.members[i]) ? modelClass : { ...modelClass, members };
  });
}

/** Only what is said of the two. */
function listUse({ collect, item }: { readonly [K in keyof ListUse]: ListUse[K] | undefined }): ListUse {
  return { ...(collect === undefined ? {} : { collect }), ...(item === undefined ? {} : { item }) };
}

/** Lets a node use the items of its list one after the other, side by side, or one of them only. Its wires stay: the ports are those of an item. */
export function setListUse(document: ModelDocument, classId: ClassId, id: NodeId, use: ListUse): ModelDocument {
  const node = getNode(getClass(document, classId), id);
  if (node.kind !== 'call') throw new EditError('a node that calls a member', node.kind, 'Select a call.');
  return changeClass(document, classId, (each) =>
    changeNode(each, id, () => {
      const { collect: _collect, item: _item, ...call } = node;
      return { ...call, ...listUse({ collect: use.collect, item: use.item }) };
    }),
  );
}

/** Makes a member a list of repeats; undefined makes it a single Module again, which its nodes use whole. */
export function setRepeat(document: ModelDocument, classId: ClassId, memberId: MemberId, repeat: Argument | undefined): ModelDocument {
  const before = getMember(getClass(document, classId), memberId).repeat;
  const repeated = changeClass(document, classId, (modelClass) =>
    changeMember(modelClass, memberId, ({ repeat: _before, ...single }) => (repeat === undefined ? single : { ...single, repeat })),
  );
  const listed = repeat === undefined ? usersOfItems(getClass(repeated, classId), memberId) : [];
  const changed = listed.reduce((each, id) => setListUse(each, classId, id, {}), repeated);
  return repeatReferences(document, changed, { class: classId, member: memberId, was: countOf(before), now: countOf(repeat) });
}

/** The nodes that say how they use the list of a member or of its aliases. */
function usersOfItems({ nodes, members }: ModelClass, member: MemberId): readonly NodeId[] {
  const names = withAliases({ members }, member);
  return Object.values(nodes).flatMap((node) =>
    node.kind === 'call' && names.has(node.member) && (node.collect ?? node.item) !== undefined ? [node.id] : [],
  );
}

/** A member with its aliases, and with theirs. */
function withAliases({ members }: Pick<ModelClass, 'members'>, member: MemberId): ReadonlySet<MemberId> {
  const all = new Set([member]);
  // A set is walked to what is added on the way.
  for (const id of all) for (const each of members) if (each.aliasOf === id) all.add(each.id);
  return all;
}

/** How many elements a list has; one where an expression says it, as far as anyone knows before the fields have values. */
function countOf(repeat: Argument | undefined): number | undefined {
  return repeat === undefined ? undefined : typeof repeat === 'number' ? repeat : 1;
}

/** Names that a new member cannot have: those of members and of fields, which are attributes too. */
export function memberNames(modelClass: ModelClass): readonly string[] {
  return [...modelClass.members, ...modelClass.fields].map((each) => each.name);
}
