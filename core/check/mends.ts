/** @file What layers and ops know of mending, as edits of the document in which they are used. */
import { changeClass, changeMember, changeNode, getClass, getNode } from '../document/edits/change.ts';
import { EditError } from '../document/edits/edit-error.ts';
import { addField } from '../document/edits/fields.ts';
import { addMember } from '../document/edits/members.ts';
import { addOp } from '../document/edits/nodes.ts';
import { setParams, type ParamOwner } from '../document/edits/params.ts';
import type { Fix, Place } from '../document/problem.ts';
import { own } from '../document/find.ts';
import type { Argument, Arguments, ClassId, ModelDocument, PortRef } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { Mend, Rejection } from '../spec/index.ts';
import type { Scope } from './instance.ts';
import { wireIn } from './wire-in.ts';

interface Known {
  /** The values of the fields. */
  readonly scope: Scope;
  /** The arguments that stand in the document. */
  readonly given?: Arguments;
  /** What it is called with elsewhere would have to fit as well. */
  readonly isShared?: boolean;
}

/** The edits that mend a rejection at its place. A length that a field has is written as that field, too. */
export function fixesOf({ mends = [], port }: Rejection, place: Place, { scope, given = {}, isShared = false }: Known): readonly Fix[] {
  const { class: classId, node } = place;
  if (classId === undefined) return [];
  const owner: ParamOwner | undefined = place.member !== undefined ? { member: place.member } : node !== undefined ? { node } : undefined;
  return mends.flatMap((mend): readonly Fix[] => {
    if (mend.kind === 'set') {
      if (!owner || !changes(mend, given) || (isShared && port !== undefined)) return [];
      const plain: Fix = { label: mend.label, edit: (model) => setParams(model, classId, owner, mend.args) };
      return [
        ...asField(mend, scope).map(({ label, args }) => ({
          label,
          edit: (model: ModelDocument) => setParams(model, classId, owner, args),
        })),
        plain,
      ];
    }
    if (mend.kind === 'field') {
      const { name, type, value } = mend;
      return [{ label: mend.label, edit: (model) => addField(model, classId, { name, type, default: value }).document }];
    }
    if (mend.kind === 'type') return owner ? [{ label: mend.label, edit: (model) => setType(model, classId, owner, mend.type) }] : [];
    if (node === undefined) return [];
    const at = { node, port: mend.port };
    return [{ label: mend.label, edit: (model) => insertBefore(model, classId, at, mend) }];
  });
}

/** The same member or node with another type; its arguments stay. */
function setType(document: ModelDocument, classId: ClassId, owner: ParamOwner, type: string): ModelDocument {
  return changeClass(document, classId, (modelClass) => {
    if ('member' in owner) return changeMember(modelClass, owner.member, (member) => ({ ...member, type }));
    return changeNode(modelClass, owner.node, (node) => (node.kind === 'op' ? { ...node, op: type } : node));
  });
}

/** What is inferred already, or stands there already, mends nothing. */
function changes({ args }: Extract<Mend, { kind: 'set' }>, given: Arguments): boolean {
  return Object.entries(args).some(([param, value]) => JSON.stringify(value) !== JSON.stringify(own(given, param)));
}

/** A single length that exactly one field of the class has, written as the field. Small numbers are too often equal by chance. */
function asField(
  { args }: Extract<Mend, { kind: 'set' }>,
  scope: Scope,
): readonly { readonly label: string; readonly args: Readonly<Record<string, Argument>> }[] {
  const [entry, ...others] = Object.entries(args);
  if (!entry || others.length > 0) return [];
  const [param, value] = entry;
  if (typeof value !== 'number' || value < 4) return [];
  const fields = Object.entries(scope).filter(([, field]) => field.type === 'int' && field.value === value);
  return fields.length === 1 ? [{ label: `Set ${param} to ${fields[0]![0]}`, args: { [param]: { $: fields[0]![0] } } }] : [];
}

/** Puts a new node into the wire that leads to a port. */
function insertBefore(
  document: ModelDocument,
  classId: ClassId,
  to: PortRef,
  { type, args }: Extract<Mend, { kind: 'insert' }>,
): ModelDocument {
  const modelClass = getClass(document, classId);
  const wire = graphOf(modelClass).wireInto(to);
  if (!wire) throw new EditError(`a wire into "${to.port}"`, 'none', 'Wire a value into it.');
  const at = modelClass.layout[getNode(modelClass, to.node).id] ?? { x: 0, y: 0 };
  const added =
    findDescriptor(type)?.kind === 'layer'
      ? addMember(document, classId, { type, args, at })
      : addOp(document, classId, { op: type, args, at });
  return wireIn(added.document, classId, added.node, { wire: wire.id }).document;
}
