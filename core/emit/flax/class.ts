/** @file A class of the document as a subclass of `nnx.Module`. */
import type { ClassProgram, MadeMember, MemberPlan } from '../../program/class-program.ts';
import { writeDocstring } from '../python/docstring.ts';
import { identifier } from '../identifier.ts';
import { pythonName } from '../python/names.ts';
import type { PythonWriter } from '../python/writer.ts';
import { writeArgument } from './argument.ts';
import { writeConstructorArguments, writeSignature } from '../python/constructor.ts';
import { makeContext } from './context.ts';
import { writeForward } from './forward.ts';
import type { CodeModel, Use } from '../code-model.ts';

/** Writes the class with docstring, constructor and forward pass. */
export function writeClass(writer: PythonWriter, model: CodeModel, program: ClassProgram, use: Use): void {
  writer.line(`class ${identifier(program.name)}(nnx.Module):`);
  writer.indented(() => {
    const hasDoc = writeDocstring(writer, program.class);
    const hasConstructor = program.members.length > 0 || program.fields.length > 0;
    if (hasConstructor) {
      if (hasDoc) writer.line();
      writeConstructor(writer, model, program, use);
    }
    if (hasDoc || hasConstructor) writer.line();
    writeForward(writer, model, program, use);
  });
}

function writeConstructor(writer: PythonWriter, model: CodeModel, program: ClassProgram, use: Use): void {
  writer.line(`def __init__(${writeSignature(program.fields, model.draws(program.id) ? 'rngs: nnx.Rngs' : undefined)}):`);
  writer.indented(() => {
    for (const { name } of program.stored) writer.line(`self.${pythonName(name)} = ${pythonName(name)}`);
    let written = program.stored.length;
    for (const plan of program.members) {
      const fault = model.faults.ofMember(program.id, plan);
      if (fault === undefined) written++;
      writer.marked({ class: program.id, member: plan.id }, () => {
        if (fault !== undefined) return writer.leftOut(plan.attribute, fault);
        if (plan.kind !== 'alias' && plan.frozen.length > 0)
          writer.comment(`${plan.frozen.map(pythonName).join(' and ')} would change with the fields of the model`);
        writer.line(`self.${pythonName(plan.attribute)} = ${memberSource(model, plan, use)}`);
      });
    }
    if (written === 0) writer.line('pass');
  });
}

function memberSource(model: CodeModel, plan: MemberPlan, use: Use): string {
  if (plan.kind === 'alias') return `self.${pythonName(plan.target!.attribute)}`;
  const single = elementSource(model, plan, use);
  if (plan.repeat === null) return single;
  return `nnx.List([${single} for _ in range(${writeArgument('int', plan.repeat.written, { use, field: pythonName })})])`;
}

function elementSource(model: CodeModel, plan: MadeMember, use: Use): string {
  switch (plan.kind) {
    case 'class': {
      const { name, fields } = model.classOf(plan.of);
      return `${identifier(name)}(${writeConstructorArguments(fields, plan.given, model.draws(plan.of) ? 'rngs' : undefined)})`;
    }
    case 'layer': {
      const { descriptor, args, given } = plan;
      const { params, usesRngs } = descriptor;
      return descriptor.emit.flax.construct(makeContext({ params, args, given, usesRngs, use, field: pythonName }));
    }
    case 'unknown':
      throw new Error('internal: a member of an unknown type was to be written');
  }
}
