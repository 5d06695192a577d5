/** @file A class of the document as a subclass of `nnx.Module`. */
import type { Instance } from '../check/instance.ts';
import { compileGraph } from '../program/compile-graph.ts';
import { isExpression } from '../document/arguments.ts';
import { classIdOf, findClass } from '../document/find.ts';
import { forwardFields } from '../document/forward-fields.ts';
import type { Argument, Arguments, ClassId, Field, Member, ModelClass, ModelDocument } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { deriveSizes } from '../program/derived-sizes.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { findDescriptor } from '../registry.gen.ts';
import { makeContext } from './emit-context.ts';
import { drawsRandom, writeForward } from './flax-forward.ts';
import { writeArgument, writePlain } from './python-literal.ts';
import type { PythonWriter } from './python-writer.ts';
import { classFault, commentText, docLines, expressionSource, isPrintable } from './sound.ts';

type Use = (line: string) => void;
const PYTHON_TYPES = { int: 'int', float: 'float', bool: 'bool', text: 'str' } as const;

const drawing = new WeakMap<ModelDocument['classes'], Map<ClassId, boolean>>();

/** Whether a class takes `rngs`: some layer in it draws. */
export function takesRngs(document: ModelDocument, modelClass: ModelClass): boolean {
  let known = drawing.get(document.classes);
  if (!known) drawing.set(document.classes, (known = new Map()));
  const before = known.get(modelClass.id);
  if (before !== undefined) return before;
  // A class that contains itself is a problem of the document, and no reason to hang.
  known.set(modelClass.id, false);
  const draws = modelClass.members.some((member) => {
    if (member.aliasOf !== undefined) return false;
    const used = classIdOf(member.type);
    if (used === undefined) return drawsRandom(member.type);
    const usedClass = findClass(document, used);
    return usedClass !== undefined && takesRngs(document, usedClass);
  });
  known.set(modelClass.id, draws);
  return draws;
}

/** Writes the class with docstring, constructor and forward pass. */
export function writeClass(writer: PythonWriter, document: ModelDocument, instance: Instance, use: Use): void {
  const modelClass = findClass(document, instance.class.id) ?? instance.class;
  writer.line(`class ${modelClass.name}(nnx.Module):`);
  writer.indented(() => {
    const hasDoc = writeDocstring(writer, modelClass);
    const hasConstructor = modelClass.members.length > 0 || modelClass.fields.length > 0;
    if (hasConstructor) {
      if (hasDoc) writer.line();
      writeConstructor(writer, document, instance, use);
    }
    if (hasDoc || hasConstructor) writer.line();
    writeForward(writer, compileGraph(document, instance, []), use);
  });
}

function writeDocstring(writer: PythonWriter, { doc, fields }: ModelClass): boolean {
  const documented = fields.filter((field) => field.doc);
  if (doc.trim() === '' && documented.length === 0) return false;
  const [first = '', ...more] = docLines(doc.trim()).map(escapeDoc);
  if (more.length === 0 && documented.length === 0) {
    writer.line(`"""${first}"""`);
    return true;
  }
  writer.line(`"""${first === '' ? 'Args:' : first}`);
  for (const line of more) writer.line(line.trim());
  if (documented.length > 0) {
    if (first !== '') {
      writer.line();
      writer.line('Args:');
    }
    for (const field of documented) writer.line(`  ${toSnakeCase(field.name)}: ${escapeDoc(docLines(field.doc!).join(' '))}`);
  }
  writer.line('"""');
  return true;
}

function escapeDoc(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"""', String.raw`\"\"\"`);
  return escaped.endsWith('"') ? `${escaped.slice(0, -1)}\\"` : escaped;
}

/** Fields that can be given by position: those before the first that has a default. */
function positionalFields(fields: readonly Field[]): readonly Field[] {
  const first = fields.findIndex((field) => field.default !== undefined);
  return first < 0 ? fields : fields.slice(0, first);
}

function signature(modelClass: ModelClass, rngs: boolean): string {
  const { fields } = modelClass;
  const positional = positionalFields(fields);
  const rest = fields.slice(positional.length);
  // A parameter without a default may only follow one with a default behind the star.
  const needsStar = rest.some((field) => field.default === undefined);
  const write = (field: Field) => `${toSnakeCase(field.name)}: ${PYTHON_TYPES[field.type]}${writeDefault(field)}`;
  const star = needsStar || rngs ? ['*'] : [];
  const named = rest.map(write);
  return [
    'self',
    ...positional.map(write),
    ...(needsStar ? [...star, ...named] : [...named, ...star]),
    ...(rngs ? ['rngs: nnx.Rngs'] : []),
  ].join(', ');
}

function writeDefault(field: Field): string {
  // A default is a value: an expression has nothing to name there.
  return field.default === undefined ? '' : ` = ${writeValue(field, field.default as Argument, [])}`;
}

/** The value of a field; `fields` are those that an expression may name. */
function writeValue(field: Field, value: Argument, fields: readonly Field[]): string {
  if (isExpression(value)) return expressionSource(value.$, fields, toSnakeCase) ?? 'None';
  return field.type === 'float' ? writeArgument('float', value, { use: () => {}, field: toSnakeCase, fields }) : writePlain(value as never);
}

/** The arguments with which a class is made: by position as far as possible, values that are defaults left out. */
export function constructorArguments(document: ModelDocument, modelClass: ModelClass, given: Arguments, fields: readonly Field[]): string {
  const positional = positionalFields(modelClass.fields);
  const write = (field: Field): string => writeValue(field, given[field.name] ?? null, fields);
  const named = modelClass.fields.slice(positional.length).filter((field) => {
    return given[field.name] !== undefined && JSON.stringify(given[field.name]) !== JSON.stringify(field.default);
  });
  return [
    ...positional.map(write),
    ...named.map((field) => `${toSnakeCase(field.name)}=${write(field)}`),
    ...(takesRngs(document, modelClass) ? ['rngs=rngs'] : []),
  ].join(', ');
}

function writeConstructor(writer: PythonWriter, document: ModelDocument, instance: Instance, use: Use): void {
  const modelClass = instance.class;
  writer.line(`def __init__(${signature(modelClass, takesRngs(document, modelClass))}):`);
  writer.indented(() => {
    const stored = forwardFields(modelClass);
    for (const field of stored) writer.line(`self.${toSnakeCase(field.name)} = ${toSnakeCase(field.name)}`);
    for (const member of modelClass.members) {
      if (member.aliasOf !== undefined) continue;
      const { source, note } = memberSource(document, instance, member, use);
      if (note !== undefined) writer.line(`# ${commentText(note)}`);
      writer.line(`self.${toSnakeCase(member.name)} = ${source}`);
    }
    // Aliases last: the member behind one may stand after it.
    for (const member of modelClass.members) {
      if (member.aliasOf === undefined) continue;
      const target = graphOf(modelClass).behind(member.id);
      if (target) writer.line(`self.${toSnakeCase(member.name)} = self.${toSnakeCase(target.name)}`);
    }
    if (stored.length + modelClass.members.length === 0) writer.line('pass');
  });
}

interface MemberSource {
  readonly source: string;
  /** Why it is nothing but `None`, or what a reader should know of it. */
  readonly note?: string;
}

function memberSource(document: ModelDocument, instance: Instance, member: Member, use: Use): MemberSource {
  const { fields } = instance.class;
  const unreadable = Object.keys(member.args).find((name) => !isPrintable(member.args[name], fields));
  if (unreadable !== undefined) return { source: 'None', note: `${member.name} is left out: its ${unreadable} cannot be read` };
  const single = elementSource(document, instance, member, use);
  if (member.repeat === undefined || single.source === 'None') return single;
  const count = isExpression(member.repeat) ? expressionSource(member.repeat.$, fields, toSnakeCase) : writePlain(member.repeat as never);
  if (count === undefined) return { source: 'None', note: `${member.name} is left out: its number of repeats cannot be read` };
  return { ...single, source: `nnx.List([${single.source} for _ in range(${count})])` };
}

function elementSource(document: ModelDocument, instance: Instance, member: Member, use: Use): MemberSource {
  const used = classIdOf(member.type);
  if (used !== undefined) {
    const usedClass = findClass(document, used);
    if (!usedClass || classFault(usedClass) !== undefined)
      return { source: 'None', note: `${member.name} is left out: its class cannot be written` };
    return { source: `${usedClass.name}(${constructorArguments(document, usedClass, member.args, instance.class.fields)})` };
  }
  const descriptor = findDescriptor(member.type);
  if (descriptor?.kind !== 'layer') return { source: 'None', note: `${member.name} is left out: there is no layer ${member.type}` };
  const args = instance.members.get(member.id)?.args ?? {};
  const { params, usesRngs } = descriptor;
  const derived = (deriveSizes(document).get(instance.class.id) ?? []).filter((each) => each.member === member.id);
  const given = {
    ...member.args,
    ...Object.fromEntries(derived.flatMap(({ param, expression }) => (expression === undefined ? [] : [[param, { $: expression }]]))),
  };
  const context = makeContext({ params, args, given, usesRngs, use, field: toSnakeCase, fields: instance.class.fields });
  const frozen = derived.filter(({ expression }) => expression === undefined).map(({ param }) => toSnakeCase(param));
  const note = frozen.length === 0 ? {} : { note: `${frozen.join(' and ')} of ${member.name} would change with the fields of the model` };
  return { source: descriptor.emit.flax.construct(context), ...note };
}
