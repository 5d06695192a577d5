/** @file A document as TypeScript on core: classes, then the function that makes the model. */
import type { ModelProgram } from '../../program/model-program.ts';
import { codeModel, problemLines } from '../code-model.ts';
import type { TakeMarks } from '../marks.ts';
import { Imports } from './imports.ts';
import { writeClass } from './class.ts';
import { writeModel } from './model.ts';
import { TypeScriptWriter } from './writer.ts';

/** TypeScript source that exports the classes and `createModel`. A document with problems is written as far as it is understood, as comments say. */
export function writeTypeScript(program: ModelProgram, takeMarks?: TakeMarks): string {
  const model = codeModel(program);
  const imports = new Imports(new Set(program.classes.flatMap(({ name }) => [name, `${name}Options`])));
  const body = new TypeScriptWriter();
  for (const each of program.classes) {
    body.line();
    const fault = program.faults.ofClass(each.id);
    body.marked({ class: each.id }, () => {
      if (fault === undefined) writeClass(body, model, each, imports);
      else body.leftOut(`the class ${each.name}`, fault);
    });
  }
  body.line();
  writeModel(body, model, program, imports);
  const head = new TypeScriptWriter();
  const title = program.document.name.trim();
  head.comment(`${title === '' ? '' : `${title}. `}Written by Espalier for its own library.`);
  for (const line of problemLines(program)) head.comment(line);
  if (!imports.isEmpty) head.line(imports.toString());
  takeMarks?.([...head.marks, ...body.marks]);
  return head.toString() + body.toString();
}
