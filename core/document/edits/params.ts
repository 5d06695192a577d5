/** @file Arguments of members and of ops: values, or expressions over the fields of the class. */
import { parseExpression } from '../expression.ts';
import { graphOf } from '../../graph/graph-of.ts';
import { isExpression } from '../arguments.ts';
import type { Argument, Arguments, ClassId, MemberId, ModelDocument, NodeId } from '../schema.ts';
import { changeClass, changeMember, changeNode, without } from './change.ts';
import { EditError } from './edit-error.ts';

/** A member, or an op node. A call node stands for the member that it calls. */
export type ParamOwner = { readonly member: MemberId } | { readonly node: NodeId };

/** Sets one argument; undefined clears it, so that it takes its default or is inferred. Refuses an expression that cannot be read. */
export function setParam(
  document: ModelDocument,
  classId: ClassId,
  owner: ParamOwner,
  name: string,
  value: Argument | undefined,
): ModelDocument {
  return setParams(document, classId, owner, { [name]: value });
}

/** Sets several arguments in one step. */
export function setParams(
  document: ModelDocument,
  classId: ClassId,
  owner: ParamOwner,
  values: Readonly<Record<string, Argument | undefined>>,
): ModelDocument {
  for (const value of Object.values(values)) if (isExpression(value)) checkExpression(value.$);
  return changeClass(document, classId, (modelClass) => {
    const graph = graphOf(modelClass);
    const node = 'node' in owner ? graph.node(owner.node) : undefined;
    const named = 'member' in owner ? owner.member : node?.kind === 'call' ? node.member : undefined;
    // An alias has no arguments of its own: those of the member behind it are meant.
    if (named !== undefined) return changeMember(modelClass, graph.behind(named)?.id ?? named, (member) => withArgs(member, values));
    if (!('node' in owner)) return modelClass;
    return changeNode(modelClass, owner.node, (each) => {
      if (each.kind !== 'op') throw new EditError('a node with arguments', `the ${each.kind} "${each.id}"`, 'Select a layer or an op.');
      return withArgs(each, values);
    });
  });
}

function withArgs<T extends { readonly args: Arguments }>(owner: T, values: Readonly<Record<string, Argument | undefined>>): T {
  const changed = Object.entries(values).filter(([name, value]) => !isSameJson(owner.args[name], value));
  if (changed.length === 0) return owner;
  const cleared = changed.filter(([, value]) => value === undefined).map(([name]) => name);
  const set = changed.filter((entry): entry is [string, Argument] => entry[1] !== undefined);
  return { ...owner, args: { ...without(owner.args, cleared), ...Object.fromEntries(set) } };
}

function isSameJson(a: Argument | undefined, b: Argument | undefined): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}

/** Throws unless the text is an expression. Names are checked against the fields by `core/check`. */
export function checkExpression(text: string): void {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new EditError(parsed.error.expected, parsed.error.got, parsed.error.fix);
}
