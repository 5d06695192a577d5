/** @file What one adds to a class, as data: a layer, an op, another call, an input, a field … Each is added by the edit of its own. */
import { isExpression } from '../arguments.ts';
import { findClassByName, typeOfClass } from '../find.ts';
import { inputNodes } from '../order.ts';
import type {
  Argument,
  Arguments,
  ClassId,
  ConstantNode,
  Field,
  InputNode,
  JsonValue,
  MemberId,
  MemberUse,
  ModelDocument,
  NodeId,
  Point,
} from '../schema.ts';
import { getClass } from './change.ts';
import { addClass } from './classes.ts';
import { EditError } from './edit-error.ts';
import { addField } from './fields.ts';
import { addCall, addMember, setRepeat } from './members.ts';
import { addConstant, addInput, addOp, addOutput, setInput } from './nodes.ts';

interface MemberWords {
  readonly args: Arguments;
  /** The attribute's name. */
  readonly name?: string;
  /** A list of so many. */
  readonly repeat?: Argument;
}

export type Addition =
  | ({ readonly kind: 'layer'; readonly type: string } & MemberWords)
  | { readonly kind: 'op'; readonly op: string; readonly args: Arguments }
  | ({ readonly kind: 'call'; readonly member: MemberId } & MemberUse)
  | { readonly kind: 'input'; readonly name?: string; readonly shape?: InputNode['shape']; readonly dtype?: InputNode['dtype'] }
  | { readonly kind: 'output'; readonly name?: string }
  | { readonly kind: 'constant'; readonly value: ConstantNode['value'] }
  /** A new class of this name, called at once: what the call gives become its fields. */
  | ({ readonly kind: 'class'; readonly className: string } & MemberWords)
  | { readonly kind: 'field'; readonly field: Field };

export interface Added {
  readonly document: ModelDocument;
  /** Absent: what was added is drawn nowhere. */
  readonly node?: NodeId;
  /** The node was there before and was only changed. */
  readonly wasThere?: boolean;
}

/** @throws EditError where the class cannot take it */
export function addToClass(document: ModelDocument, classId: ClassId, addition: Addition, at: Point): Added {
  switch (addition.kind) {
    case 'layer':
      return addLayer(document, classId, addition.type, addition, at);
    case 'op':
      return addOp(document, classId, { op: addition.op, args: addition.args, at });
    case 'call':
      return addCall(document, classId, addition.member, at, addition);
    case 'input':
      return addOrChangeInput(document, classId, addition, at);
    case 'output':
      return addOutput(document, classId, { ...(addition.name === undefined ? {} : { name: addition.name }), at });
    case 'constant':
      return addConstant(document, classId, { value: addition.value, at });
    case 'class':
      return addNewClass(document, classId, addition, at);
    case 'field': {
      const { name } = addition.field;
      if (getClass(document, classId).fields.some((field) => field.name === name))
        throw new EditError('a field that is new', `"${name}", which is there`, 'Choose another name, or change it in the inspector.');
      return { document: addField(document, classId, addition.field).document };
    }
  }
}

function addLayer(document: ModelDocument, classId: ClassId, type: string, { args, name, repeat }: MemberWords, at: Point): Added {
  const added = addMember(document, classId, { type, args, ...(name === undefined ? {} : { name }), at });
  const listed = repeat === undefined ? added.document : setRepeat(added.document, classId, added.member, repeat);
  return { document: listed, node: added.node };
}

/** An input that is there under this name gets the shape. */
function addOrChangeInput(document: ModelDocument, classId: ClassId, given: Addition & { readonly kind: 'input' }, at: Point): Added {
  const { kind: _kind, name, ...declared } = given;
  const there = name === undefined ? undefined : inputNodes(getClass(document, classId)).find((input) => input.name === name);
  if (there) return { document: setInput(document, classId, there.id, declared), node: there.id, wasThere: true };
  return addInput(document, classId, { ...declared, ...(name === undefined ? {} : { name }), at });
}

function addNewClass(document: ModelDocument, classId: ClassId, given: Addition & { readonly kind: 'class' }, at: Point): Added {
  if (findClassByName(document, given.className))
    throw new EditError(
      'a name that no class has',
      `"${given.className}"`,
      'Choose another name, or type the name alone to use that class.',
    );
  const created = addClass(document, { name: given.className });
  const fields = getClass(document, classId).fields;
  const withFields = Object.entries(given.args).reduce(
    (changed, [name, value]) => addField(changed, created.class, fieldFor(name, value, fields)).document,
    created.document,
  );
  return addLayer(withFields, classId, typeOfClass(created.class), given, at);
}

/** The field that takes a value: of its type, and by default what it is; a field of the caller that is handed on gives both. */
function fieldFor(name: string, value: Argument, callers: readonly Field[]): Partial<Field> {
  const handed = isExpression(value) ? callers.find((field) => field.name === value.$.trim()) : undefined;
  if (handed) return { ...handed, name };
  if (isExpression(value)) return { name };
  const type = typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'text' : Number.isInteger(value) ? 'int' : 'float';
  return { name, type, default: value as JsonValue };
}
