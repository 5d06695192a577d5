/** @file A document as a Flax NNX module in Python: classes, then the code that builds the model and replays the settings. */
import type { ModelDocument } from '../../document/schema.ts';
import { describeModel, type ModelProgram } from '../../program/model-program.ts';
import { importLines } from '../python/imports.ts';
import { PythonWriter } from '../python/writer.ts';
import { writeClass } from './class.ts';
import { CAPTURING, writeCapturing } from './capturing.ts';
import { writeDefinitions } from './definitions.ts';
import { codeModel, problemLines } from '../code-model.ts';
import type { TakeMarks } from '../marks.ts';
import { writeMain, writeModel } from './model.ts';

/** The Flax that the code was checked with: outputs, sows and gradients are those of the live model. */
export const FLAX_VERSION = '0.12.8';

/**
 * Python source that makes `model`. It runs as it is with the Flax that its first line names. A document with problems is written as
 * far as it is understood; the problems stand at the top, and what is wrong is a comment: while one designs, there is always one.
 */
export function emitFlax(document: ModelDocument): string {
  return writeFlax(describeModel(document, { forCode: true }));
}

/** The same for a model at hand, described for code. */
export function writeFlax(program: ModelProgram, takeMarks?: TakeMarks): string {
  const model = codeModel(program);
  const imports = new Set(['from flax import nnx']);
  const use = (line: string) => void imports.add(line);
  const body = new PythonWriter();
  writeDefinitions(body, program.classes, use);
  for (const each of program.classes) {
    body.line();
    body.line();
    const fault = program.faults.ofClass(each.id);
    body.marked({ class: each.id }, () => {
      if (fault === undefined) writeClass(body, model, each, use);
      else body.leftOut(`the class ${each.name}`, fault);
    });
  }
  body.line();
  body.line();
  if (writeModel(body, model, program)) writeMain(body, program, use);
  const head = new PythonWriter();
  const code = body.toString();
  const title = program.document.name.trim();
  head.comment(`${title === '' ? '' : `${title}. `}Written by Espalier for Flax ${FLAX_VERSION} (pip install flax==${FLAX_VERSION}).`);
  for (const line of problemLines(program)) head.comment(line);
  for (const line of importLines(imports)) head.line(line);
  if (code.includes(` = ${CAPTURING}(self, `)) writeCapturing(head);
  takeMarks?.([...head.marks, ...body.marks]);
  return head.toString() + code;
}
