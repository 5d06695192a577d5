/** @file A constructor as the members of a class: layers, classes, lists, second names. */
import type { Argument, Field, Member, MemberId } from '../../document/schema.ts';
import { typeOfClass } from '../../document/find.ts';
import { pythonName } from '../../emit/python/names.ts';
import { editDistance } from '../../spec/edit-distance.ts';
import { printPython } from '../python/print.ts';
import { refuse, type Expr } from '../python/syntax.ts';
import { readClassArguments, scopeOf } from './class-arguments.ts';
import type { DefStatement, KnownClasses } from './known-classes.ts';
import { headOf, knownCalls, layersByHead, layerSubject } from './heads.ts';
import { invert } from './invert.ts';
import { checkedName } from './names.ts';
import { dottedName, readArgument, type FieldOf } from './values.ts';

export interface MembersRead {
  readonly members: readonly Member[];
  /** Fields that are attributes too. */
  readonly stored: ReadonlySet<string>;
  /** Where each member is made, by its id. */
  readonly lines: ReadonlyMap<MemberId, number>;
}

/** @throws ReadFault */
export function readMembers(classes: KnownClasses, constructor: DefStatement, fields: readonly Field[]): MembersRead {
  const reader = new MemberReader(classes, fields);
  for (const statement of constructor.body) {
    if (statement.kind === 'pass' || (statement.kind === 'expression' && statement.value.kind === 'text')) continue;
    if (statement.kind !== 'assign') refuse(statement, 'A constructor only assigns to attributes here: `self.linear = nnx.Linear(…)`.');
    const { target } = statement;
    const isOwn = target.kind === 'attribute' && target.of.kind === 'name' && target.of.name === 'self';
    if (!isOwn) refuse(statement, 'What a constructor makes is assigned to an attribute: `self.linear = nnx.Linear(…)`.');
    reader.assign(target.name, statement.value);
  }
  return reader;
}

class MemberReader {
  readonly members: Member[] = [];
  readonly stored = new Set<string>();
  readonly lines = new Map<MemberId, number>();
  private readonly fieldOf: FieldOf;

  constructor(
    private readonly classes: KnownClasses,
    private readonly fields: readonly Field[],
  ) {
    const byName = new Map(fields.map(({ name }) => [pythonName(name), name]));
    this.fieldOf = (expression) => (expression.kind === 'name' ? byName.get(expression.name) : undefined);
  }

  assign(attribute: string, value: Expr): void {
    const field = this.fieldOf(value);
    if (field !== undefined) {
      if (pythonName(field) !== attribute) refuse(value, `The field ${pythonName(field)} is kept as self.${pythonName(field)}.`);
      this.stored.add(field);
      return;
    }
    const name = checkedName(attribute, 'member', value);
    if (this.members.some((member) => pythonName(member.name) === attribute)) refuse(value, `self.${attribute} is there already.`);
    const id = `m${this.members.length + 1}`;
    this.lines.set(id, value.line);
    this.members.push({ id, name, ...this.made(value) });
  }

  private made(value: Expr): Omit<Member, 'id' | 'name'> {
    if (value.kind === 'attribute' && value.of.kind === 'name' && value.of.name === 'self') {
      const target = this.members.find((member) => pythonName(member.name) === value.name);
      if (!target) refuse(value, `self.${value.name} is not made before this line.`);
      return { type: target.type, args: {}, aliasOf: target.aliasOf ?? target.id };
    }
    if (value.kind !== 'call')
      refuse(value, `${printPython(value)} makes no module: expected a layer such as nnx.Linear(…), or a class of this file.`);
    if (dottedName(value.of) === 'nnx.List') return this.list(value);
    return this.single(value);
  }

  private list(call: Extract<Expr, { kind: 'call' }>): Omit<Member, 'id' | 'name'> {
    const [all] = call.args;
    const [each] = all?.kind === 'list' ? all.items : [];
    if (each?.kind !== 'each' || call.args.length !== 1 || call.named.length > 0)
      refuse(call, 'A list is made of one module repeated: `nnx.List([nnx.Linear(…) for _ in range(4)])`.');
    const over = each.in;
    const [count] = over.kind === 'call' && dottedName(over.of) === 'range' && over.args.length === 1 ? over.args : [];
    const repeat: Argument | undefined = count && readArgument({ kind: 'int', nullable: false }, count, this.fieldOf);
    if (repeat === undefined) refuse(over, 'The number of repeats is range(n), of a whole number or of fields.');
    return { ...this.single(each.item), repeat };
  }

  private single(value: Expr): Omit<Member, 'id' | 'name'> {
    if (value.kind !== 'call') refuse(value, `${printPython(value)} makes no module.`);
    const name = dottedName(value.of);
    if (name !== undefined && this.classes.has(name)) {
      const { class: modelClass } = this.classes.get(name, value);
      const rngs = value.named.find((each) => each.name === 'rngs');
      if (rngs && printPython(rngs.value) !== 'rngs') refuse(rngs, 'A member takes the random numbers of its class: rngs=rngs.');
      return { type: typeOfClass(modelClass.id), args: readClassArguments(modelClass.fields, value, this.fieldOf) };
    }
    const found = layersByHead(headOf(value));
    if (found.length === 0) refuse(value, unknownCall(name ?? printPython(value.of), 'layer'));
    let reason = '';
    let { line } = value;
    for (const layer of found) {
      const surroundings = { fieldOf: this.fieldOf, field: pythonName, scope: scopeOf(this.fields) };
      const inverted = invert(layerSubject(layer), value, surroundings);
      if (inverted.ok) return { type: layer.type, args: inverted.args };
      reason ||= inverted.reason;
      ({ line } = inverted.at);
    }
    return refuse({ line }, `${name}: ${reason}.`);
  }
}

/** That a function is not known, and which may be meant. */
export function unknownCall(name: string, noun: string): string {
  const [nearest] = knownCalls()
    .map((each) => [each, editDistance(each, name)] as const)
    .sort(([, a], [, b]) => a - b);
  const hint = nearest && nearest[1] <= 3 ? ` Is ${nearest[0]} meant?` : '';
  return `${name} is no ${noun} that is known here.${hint}`;
}
