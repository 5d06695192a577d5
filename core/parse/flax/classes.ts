/** @file The classes of a file: which there are, and each read when it is first asked for, so that those it uses are read before it. */
import type { ClassId, Field, JsonValue, ModelClass } from '../../document/schema.ts';
import { pythonName } from '../../emit/python/names.ts';
import { printPython } from '../python/print.ts';
import { refuse, type Parameter } from '../python/syntax.ts';
import type { ClassRead, ClassStatement, DefStatement, KnownClasses } from './known-classes.ts';
import { readDocstring } from './docstring.ts';
import { readForward } from './forward.ts';
import { readMembers, type MembersRead } from './members.ts';
import { checkedName } from './names.ts';
import { readArgument } from './values.ts';

const TYPES: ReadonlyMap<string, Field['type']> = new Map([
  ['int', 'int'],
  ['float', 'float'],
  ['bool', 'bool'],
  ['str', 'text'],
]);

export class Classes implements KnownClasses {
  private readonly statements: ReadonlyMap<string, ClassStatement>;
  private readonly ids: ReadonlyMap<string, ClassId>;
  private readonly read = new Map<string, ClassRead>();
  private readonly open = new Set<string>();

  constructor(statements: readonly ClassStatement[]) {
    for (const [i, statement] of statements.entries())
      if (statements.findIndex(({ name }) => name === statement.name) !== i) refuse(statement, `There are two classes ${statement.name}.`);
    this.statements = new Map(statements.map((each) => [each.name, each]));
    this.ids = new Map(statements.map(({ name }, i) => [name, `c${i + 1}`]));
  }

  has(name: string): boolean {
    return this.statements.has(name);
  }

  /** @throws ReadFault */
  get(name: string, place: { readonly line: number }): ClassRead {
    const found = this.read.get(name);
    if (found) return found;
    const statement = this.statements.get(name);
    if (!statement) refuse(place, `There is no class ${name} in this file.`);
    if (this.open.has(name)) refuse(place, `${name} would contain itself.`);
    this.open.add(name);
    const read = this.readClass(statement);
    this.open.delete(name);
    this.read.set(name, read);
    return read;
  }

  /** One that was read. */
  byId(id: ClassId): ClassRead {
    return [...this.read.values()].find((each) => each.class.id === id)!;
  }

  all(): readonly ModelClass[] {
    return [...this.statements.values()].map((statement) => this.get(statement.name, statement).class);
  }

  private readClass(statement: ClassStatement): ClassRead {
    const name = checkedName(statement.name, 'class', statement);
    if (name !== statement.name) refuse(statement, `The name of a class is written as in ${name}.`);
    const [base] = statement.bases;
    if (statement.bases.length !== 1 || !base || printPython(base) !== 'nnx.Module')
      refuse(statement, `${name} must be a class of nnx.Module, and of nothing else.`);
    let text = '';
    const methods = new Map<string, DefStatement>();
    for (const [i, part] of statement.body.entries()) {
      if (part.kind === 'expression' && part.value.kind === 'text' && i === 0) text = part.value.value;
      else if (part.kind === 'def' && (part.name === '__init__' || part.name === '__call__') && !methods.has(part.name))
        methods.set(part.name, part);
      else if (part.kind !== 'pass')
        refuse(part, `A class holds its text, __init__ and __call__ here${part.kind === 'def' ? `, and no ${part.name}` : ''}.`);
    }
    const [constructor, call] = [methods.get('__init__'), methods.get('__call__')];
    if (!call) refuse(statement, `${name} has no __call__.`);
    const fields = constructor ? readFields(constructor) : [];
    const { doc, docs } = readDocstring(text, new Set(fields.map((field) => pythonName(field.name))));
    const documented = fields.map((field): Field => {
      const words = docs.get(pythonName(field.name));
      return words === undefined ? field : { ...field, doc: words };
    });
    const members: MembersRead = constructor
      ? readMembers(this, constructor, fields)
      : { members: [], stored: new Set(), lines: new Map() };
    const forward = readForward(this, call, documented, members);
    const id = this.ids.get(statement.name)!;
    return {
      class: {
        id,
        name,
        doc,
        fields: documented,
        members: forward.members,
        nodes: forward.nodes,
        wires: forward.wires,
        probes: forward.probes,
        layout: {},
      },
      inputs: forward.inputs,
      outputs: forward.outputs,
    };
  }
}

function readFields(constructor: DefStatement): readonly Field[] {
  const [self, ...parameters] = constructor.parameters;
  if (self?.name !== 'self') refuse(constructor, 'The first parameter of __init__ is self.');
  return parameters.filter(({ name }) => name !== 'rngs').map(readField);
}

function readField(parameter: Parameter): Field {
  const name = checkedName(parameter.name, 'field', parameter);
  const word = parameter.type ? printPython(parameter.type) : '';
  const type = TYPES.get(word);
  if (!type) refuse(parameter, `${parameter.name} needs a type: int, float, bool or str${word === '' ? '' : `, not ${word}`}.`);
  if (!parameter.default) return { name, type };
  const value = readArgument({ kind: type, nullable: false }, parameter.default, () => undefined);
  if (value === undefined) refuse(parameter, `${printPython(parameter.default)} is no ${word}.`);
  return { name, type, default: value as JsonValue };
}
