/** @file A class of the document as a subclass of `Module`. */
import type { Field } from '../../document/schema.ts';
import type { ClassProgram, MadeMember, MemberPlan } from '../../program/class-program.ts';
import type { CodeModel } from '../code-model.ts';
import { identifier } from '../identifier.ts';
import { textLines } from '../text.ts';
import { writeArguments, writtenDefault } from './constructor.ts';
import { makeContext } from './context.ts';
import { writeForward } from './forward.ts';
import type { Imports } from './imports.ts';
import { writeValue } from './literal.ts';
import type { TypeScriptWriter } from './writer.ts';

const TYPES = { int: 'number', float: 'number', bool: 'boolean', text: 'string' } as const;
const own = (name: string): string => identifier(name);

/** Writes the options of the class, if it has fields, then the class. */
export function writeClass(writer: TypeScriptWriter, model: CodeModel, program: ClassProgram, imports: Imports): void {
  const { fields, stored } = program;
  const name = identifier(program.name);
  if (fields.length > 0) {
    writer.block(`export interface ${name}Options {`, () => {
      for (const field of fields) {
        if (field.doc?.trim()) writer.doc(textLines(field.doc));
        writer.line(`readonly ${own(field.name)}${isOptional(field) ? '?' : ''}: ${TYPES[field.type]};`);
      }
      if (model.draws(program.id)) writer.line(`readonly rngs: ${imports.useType('Rngs')};`);
    });
    writer.line();
  }
  if (program.class.doc.trim() !== '') writer.doc(textLines(program.class.doc));
  writer.block(`export class ${name} extends ${imports.use('Module')} {`, () => {
    const members = program.members.filter((plan) => model.faults.ofMember(program.id, plan) === undefined);
    for (const field of stored) writer.line(`readonly ${own(field.name)}: ${TYPES[field.type]};`);
    for (const plan of members)
      writer.marked({ class: program.id, member: plan.id }, () =>
        writer.line(`readonly ${own(plan.attribute)}: ${memberType(model, plan, imports)};`),
      );
    if (stored.length + members.length > 0) writer.line();
    if (program.members.length + fields.length > 0) {
      writeConstructor(writer, model, program, imports);
      writer.line();
    }
    writeForward(writer, model, program, imports);
  });
}

function isOptional(field: Field): boolean {
  return writtenDefault(field) !== undefined;
}

function writeConstructor(writer: TypeScriptWriter, model: CodeModel, program: ClassProgram, imports: Imports): void {
  const { fields, stored, members } = program;
  const draws = model.draws(program.id);
  const names = fields.map((field) => `${own(field.name)}${isOptional(field) ? ` = ${writtenDefault(field)}` : ''}`);
  const taken = [...names, ...(draws ? ['rngs'] : [])];
  const type = fields.length > 0 ? `${identifier(program.name)}Options` : `{ readonly rngs: ${draws ? imports.useType('Rngs') : ''} }`;
  writer.block(taken.length === 0 ? 'constructor() {' : `constructor({ ${taken.join(', ')} }: ${type}) {`, () => {
    writer.line('super();');
    for (const { name } of stored) writer.line(`this.${own(name)} = ${own(name)};`);
    for (const plan of members) {
      const fault = model.faults.ofMember(program.id, plan);
      writer.marked({ class: program.id, member: plan.id }, () => {
        if (fault !== undefined) writer.leftOut(plan.attribute, fault);
        else writeMember(writer, model, plan, imports);
      });
    }
  });
}

function writeMember(writer: TypeScriptWriter, model: CodeModel, plan: MemberPlan, imports: Imports): void {
  const target = `this.${own(plan.attribute)}`;
  if (plan.kind === 'alias') return writer.line(`${target} = this.${own(plan.target!.attribute)};`);
  if (plan.frozen.length > 0) writer.comment(`${plan.frozen.join(' and ')} would change with the fields of the model`);
  const element = elementSource(model, plan, imports);
  if (plan.repeat === null) return writer.line(`${target} = ${element};`);
  const list = imports.use('List');
  writer.line(`${target} = new ${list}();`);
  writer.block(`for (let i = 0; i < ${writeValue(plan.repeat.written, own)}; i++) {`, () => writer.line(`${target}.append(${element});`));
}

function elementSource(model: CodeModel, plan: MadeMember, imports: Imports): string {
  switch (plan.kind) {
    case 'class': {
      const { name, fields } = model.classOf(plan.of);
      return `new ${identifier(name)}(${writeArguments(fields, plan.given, own, model.draws(plan.of) ? 'rngs' : undefined)})`;
    }
    case 'layer': {
      const { descriptor, args, given } = plan;
      const { params, usesRngs, type, emit } = descriptor;
      const use = (name: string) => imports.use(name);
      const context = makeContext({ params, args, given, usesRngs, use, field: own });
      return emit.typescript?.construct?.(context) ?? `new ${use(type)}(${context.options()})`;
    }
    case 'unknown':
      throw new Error('internal: a member of an unknown type was to be written');
  }
}

function memberType(model: CodeModel, plan: MemberPlan, imports: Imports): string {
  if (plan.kind === 'alias') return memberType(model, plan.target!, imports);
  const element = elementType(model, plan, imports);
  return plan.repeat === null ? element : `${imports.use('List')}<${element}>`;
}

function elementType(model: CodeModel, plan: MadeMember, imports: Imports): string {
  if (plan.kind === 'class') return identifier(model.classOf(plan.of).name);
  if (plan.kind === 'unknown') return imports.use('Module');
  const { type, emit } = plan.descriptor;
  return `${imports.useType(type)}${emit.typescript?.generic?.(plan.args) ?? ''}`;
}
