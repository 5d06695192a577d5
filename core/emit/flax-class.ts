/** @file A class of the document as a subclass of `nnx.Module`. */
import type { Instance } from '../check/index.ts';
import { expressionsIn } from '../document/arguments.ts';
import { expressionNames } from '../document/expression.ts';
import { classIdOf, findClass, findMember } from '../document/find.ts';
import type { Arguments, Field, Member, ModelClass, ModelDocument } from '../document/schema.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { findDescriptor } from '../registry.gen.ts';
import { pythonContext } from './context.ts';
import { flaxCall } from './flax-call.ts';
import { docstring, pythonArgument, type Writing } from './python.ts';

const TYPES = { int: 'int', float: 'float', bool: 'bool', text: 'str' } as const;
const INDENT = '        ';

/** The kind of parameter that a field stands for, so that `1.0` keeps its point. */
const kindOf = ({ type }: Field) => (type === 'float' ? 'float' : undefined);

/** `din: int, dout: int = 5`; after a default all others are keyword-only, for Python wants it so. */
function signature(fields: readonly Field[], writing: Writing): string {
  const parts = ['self'];
  let hasStar = false;
  for (const [index, field] of fields.entries()) {
    const isStranded = field.default === undefined && fields.slice(0, index).some((each) => each.default !== undefined);
    if (isStranded && !hasStar) {
      parts.push('*');
      hasStar = true;
    }
    const text = `${toSnakeCase(field.name)}: ${TYPES[field.type]}`;
    parts.push(field.default === undefined ? text : `${text} = ${pythonArgument(field.default, kindOf(field), writing)}`);
  }
  return [...parts, ...(hasStar ? [] : ['*']), 'rngs: nnx.Rngs'].join(', ');
}

/** The arguments of a class, by position while none is left out. */
export function classArguments(used: ModelClass, given: Arguments, writing: Writing): string {
  const parts: string[] = [];
  const isPlain = used.fields.every(
    (field, index) => field.default !== undefined || used.fields.slice(0, index).every((each) => each.default === undefined),
  );
  let isByName = !isPlain;
  for (const field of used.fields) {
    const argument = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
    if (argument === undefined) {
      isByName = true;
      continue;
    }
    const text = pythonArgument(argument, kindOf(field), writing);
    parts.push(isByName ? `${toSnakeCase(field.name)}=${text}` : text);
  }
  return parts.join(', ');
}

function construction(document: ModelDocument, instance: Instance, member: Member, writing: Writing): string {
  const usedId = classIdOf(member.type);
  if (usedId !== undefined) {
    const used = findClass(document, usedId);
    if (!used) return 'None  # the class is missing';
    return `${used.name}(${[classArguments(used, member.args, writing), 'rngs=rngs'].filter(Boolean).join(', ')})`;
  }
  const descriptor = findDescriptor(member.type);
  if (descriptor?.kind !== 'layer') return `None  # there is no layer ${member.type}`;
  const args = instance.members.get(member.id)?.args ?? {};
  const context = pythonContext({ params: descriptor.params, given: member.args, args, usesRngs: descriptor.usesRngs }, writing);
  return descriptor.emit.flax.construct(context);
}

function memberLine(document: ModelDocument, instance: Instance, member: Member, writing: Writing): string {
  const name = toSnakeCase(member.name);
  if (member.aliasOf !== undefined) {
    const target = findMember(instance.class, member.aliasOf);
    return `${INDENT}self.${name} = ${target ? `self.${toSnakeCase(target.name)}` : 'None  # the member is missing'}`;
  }
  const made = construction(document, instance, member, writing);
  if (member.repeat === undefined) return `${INDENT}self.${name} = ${made}`;
  return `${INDENT}self.${name} = nnx.List([${made} for _ in range(${pythonArgument(member.repeat, 'int', writing)})])`;
}

/** Fields that the forward graph reads, which must then be kept as attributes. */
function fieldsInGraph(modelClass: ModelClass): readonly Field[] {
  const args = Object.values(modelClass.nodes).flatMap((node) => (node.kind === 'op' ? Object.values(node.args) : []));
  const names = new Set(args.flatMap(expressionsIn).flatMap(expressionNames));
  return modelClass.fields.filter((field) => names.has(field.name));
}

/** The source lines of one class. `instance` is a use of it: what was inferred there is written out. */
export function flaxClass(document: ModelDocument, instance: Instance, use: (line: string) => void): readonly string[] {
  const { class: modelClass } = instance;
  const writing: Writing = { use };
  const kept = fieldsInGraph(modelClass).map(({ name }) => `${INDENT}self.${toSnakeCase(name)} = ${toSnakeCase(name)}`);
  const members = modelClass.members.map((member) => memberLine(document, instance, member, writing));
  const body = [...kept, ...members];
  return [
    `class ${modelClass.name}(nnx.Module):`,
    ...docstring(modelClass.doc, '    '),
    `    def __init__(${signature(modelClass.fields, writing)}):`,
    ...(body.length > 0 ? body : [`${INDENT}pass`]),
    '',
    ...flaxCall(document, instance, use),
  ];
}
