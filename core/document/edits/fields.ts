/** @file Fields: the constructor parameters of a class. Renaming one rewrites the expressions that name it. */
import { mapArgument, expressionsIn } from '../arguments.ts';
import { expressionNames, renameInExpression } from '../expression.ts';
import { classIdOf } from '../find.ts';
import { uniqueName } from '../names.ts';
import type { Argument, Arguments, ClassId, Field, GraphNode, Member, ModelClass, ModelDocument } from '../schema.ts';
import { changeAllClasses, changeClass, checkName, getClass, without } from './change.ts';
import { EditError } from './edit-error.ts';
import { memberNames } from './members.ts';

/**
 * Adds a field, an int unless it says otherwise, under the given name or the next free one like it. Without a default, every use of
 * the class must give it.
 * @throws EditError for a name that code cannot have.
 */
export function addField(
  document: ModelDocument,
  classId: ClassId,
  given: Partial<Field>,
): { readonly document: ModelDocument; readonly field: string } {
  const modelClass = getClass(document, classId);
  const name = uniqueName(given.name ?? 'width', memberNames(modelClass));
  checkName(name, 'field', []);
  const field: Field = { type: 'int', ...given, name };
  return { field: name, document: changeClass(document, classId, (each) => ({ ...each, fields: [...each.fields, field] })) };
}

/** Changes the type, the default or the doc of a field; `default: undefined` makes it required. */
export function changeField(
  document: ModelDocument,
  classId: ClassId,
  name: string,
  change: { readonly type?: Field['type']; readonly default?: Field['default'] | undefined; readonly doc?: string },
): ModelDocument {
  return changeClass(document, classId, (modelClass) => ({
    ...modelClass,
    fields: replaceField(modelClass, name, (field) => {
      const { default: value, ...rest } = { ...field, ...change };
      return value === undefined ? rest : { ...rest, default: value };
    }),
  }));
}

function replaceField(modelClass: ModelClass, name: string, change: (field: Field) => Field): readonly Field[] {
  if (!modelClass.fields.some((field) => field.name === name)) {
    throw new EditError(`a field of ${modelClass.name}`, `"${name}"`, 'Select a field that exists.');
  }
  return modelClass.fields.map((field) => (field.name === name ? change(field) : field));
}

/** Renames a field everywhere: in the expressions of its class and in the arguments of those who use the class. */
export function renameField(document: ModelDocument, classId: ClassId, from: string, to: string): ModelDocument {
  if (from === to) return document;
  const renamed = changeClass(document, classId, (modelClass) => {
    checkName(to, 'field', memberNames(modelClass));
    const rename = (argument: Argument): Argument => mapArgument(argument, (text) => ({ $: renameInExpression(text, from, to) }));
    const fields = replaceField(modelClass, from, (field) => ({ ...field, name: to }));
    return { ...mapArguments(modelClass, rename), fields };
  });
  return renameArgument(renamed, classId, from, to);
}

/** Removes a field that no expression uses, and its value where the class is used. */
export function removeField(document: ModelDocument, classId: ClassId, name: string): ModelDocument {
  const modelClass = getClass(document, classId);
  const user = fieldUser(modelClass, name);
  if (user !== undefined) {
    throw new EditError('a field that nothing uses', `"${name}", used by ${user}`, `Change the expression of ${user} first.`);
  }
  const removed = changeClass(document, classId, (each) => ({ ...each, fields: each.fields.filter((field) => field.name !== name) }));
  return renameArgument(removed, classId, name, undefined);
}

/** Puts a field at another place among the constructor's parameters. */
export function moveField(document: ModelDocument, classId: ClassId, name: string, index: number): ModelDocument {
  return changeClass(document, classId, (modelClass) => {
    const field = modelClass.fields.find((each) => each.name === name);
    if (!field) throw new EditError(`a field of ${modelClass.name}`, `"${name}"`, 'Select a field that exists.');
    const others = modelClass.fields.filter((each) => each !== field);
    return { ...modelClass, fields: others.toSpliced(Math.max(0, Math.min(index, others.length)), 0, field) };
  });
}

function renameArgument(document: ModelDocument, classId: ClassId, from: string, to: string | undefined): ModelDocument {
  const rename = (args: Arguments): Arguments => {
    if (!Object.hasOwn(args, from)) return args;
    if (to === undefined) return without(args, [from]);
    return Object.fromEntries(Object.entries(args).map(([key, value]) => [key === from ? to : key, value]));
  };
  const root = document.root.class === classId ? { ...document.root, args: rename(document.root.args) } : document.root;
  return changeAllClasses({ ...document, root }, (modelClass) => {
    const members = modelClass.members.map((member) => {
      const args = classIdOf(member.type) === classId ? rename(member.args) : member.args;
      return args === member.args ? member : { ...member, args };
    });
    return members.every((member, i) => member === modelClass.members[i]) ? modelClass : { ...modelClass, members };
  });
}

/** The first member or node whose arguments name a field, for a message. */
function fieldUser(modelClass: ModelClass, name: string): string | undefined {
  const uses = (argument: Argument | undefined): boolean =>
    argument !== undefined && expressionsIn(argument).some((text) => expressionNames(text).includes(name));
  const member = modelClass.members.find((each) => Object.values(each.args).some(uses) || uses(each.repeat));
  if (member) return member.name;
  const node = Object.values(modelClass.nodes).find((each) =>
    each.kind === 'op' ? Object.values(each.args).some(uses) : each.kind === 'input' && (each.shape ?? []).some(uses),
  );
  return node && (node.kind === 'op' ? node.op : node.kind === 'input' ? node.name : node.id);
}

/** The class with every argument that may hold expressions changed. */
function mapArguments(modelClass: ModelClass, change: (argument: Argument) => Argument): ModelClass {
  const args = (given: Arguments): Arguments => Object.fromEntries(Object.entries(given).map(([key, value]) => [key, change(value)]));
  const member = (each: Member): Member => ({
    ...each,
    args: args(each.args),
    ...(each.repeat === undefined ? {} : { repeat: change(each.repeat) }),
  });
  const node = (each: GraphNode): GraphNode => {
    if (each.kind === 'op') return { ...each, args: args(each.args) };
    if (each.kind === 'input' && each.shape) return { ...each, shape: each.shape.map((dim) => change(dim) as typeof dim) };
    return each;
  };
  return {
    ...modelClass,
    members: modelClass.members.map(member),
    nodes: Object.fromEntries(Object.entries(modelClass.nodes).map(([id, each]) => [id, node(each)])),
  };
}
