/** @file A document as Modules of PyTorch: classes, the code that makes the model, and the lines that load its weights. */
import type { ModelProgram } from '../../program/model-program.ts';
import { problemLines } from '../code-model.ts';
import { marksUpTo, type CodeMarks, type TakeMarks } from '../marks.ts';
import { importLines } from '../python/imports.ts';
import { PythonWriter } from '../python/writer.ts';
import type { Refusal } from '../target.ts';
import { writeClass } from './class.ts';
import { TorchFile } from './file.ts';
import { writeMain, writeModel } from './model.ts';
import { writeWeights } from './weights.ts';

/** The PyTorch that the code was checked with. */
export const PYTORCH_VERSION = '2.13.0';

interface Written {
  readonly code: string;
  readonly marks: CodeMarks;
  readonly refusals: readonly Refusal[];
}

const written = new WeakMap<ModelProgram, Written>();

/** Python source that makes `model`. A document with problems is written as far as it is understood, as comments say. */
export function writePyTorch(program: ModelProgram, takeMarks?: TakeMarks): string {
  const { code, marks } = writtenOf(program);
  takeMarks?.(marks);
  return code;
}

/** What PyTorch lacks: known once the code is written, which is then not given. */
export function refusePyTorch(program: ModelProgram): readonly Refusal[] {
  return writtenOf(program).refusals;
}

function writtenOf(program: ModelProgram): Written {
  let result = written.get(program);
  if (!result) written.set(program, (result = write(program)));
  return result;
}

function write(program: ModelProgram): Written {
  const file = new TorchFile(program);
  const classes = new PythonWriter();
  for (const each of program.classes) {
    classes.line();
    classes.line();
    const fault = program.faults.ofClass(each.id);
    classes.marked({ class: each.id }, () => {
      if (fault === undefined) writeClass(classes, file, each);
      else classes.leftOut(`the class ${each.name}`, fault);
    });
  }
  const model = new PythonWriter();
  const hasModel = writeModel(model, file);
  const body = new PythonWriter();
  for (const { source } of file.definitions.values()) {
    body.line();
    body.line();
    for (const line of source.split('\n')) body.plain(line);
  }
  const loader = new PythonWriter();
  const hasWeights = hasModel && program.classes.some(({ members }) => members.some(({ kind }) => kind === 'layer'));
  if (hasWeights) {
    file.use('from safetensors.torch import load_file');
    writeWeights(loader, file.weights);
  }
  const end = new PythonWriter();
  if (hasModel) writeMain(end, program);
  const code = `${body.toString()}${classes.toString()}${loader.toString()}\n\n${model.toString()}${end.toString()}`;
  if (/\bF\.\w/.test(code)) file.use('from torch.nn import functional as F');
  if (/\bmath\.\w/.test(code)) file.use('import math');
  const head = new PythonWriter();
  const title = program.document.name.trim();
  head.comment(`${title === '' ? '' : `${title}. `}Written by Espalier for PyTorch ${PYTORCH_VERSION}.`);
  head.comment(`pip install torch==${PYTORCH_VERSION}${hasWeights ? ' safetensors' : ''}`);
  if (hasWeights) head.comment('Fresh weights are drawn by PyTorch; load_flax_weights takes those of Espalier.');
  for (const line of problemLines(program)) head.comment(line);
  for (const line of importLines(file.imports)) head.line(line);
  const whole = head.toString() + code;
  const marks = marksUpTo(whole, [...head.marks, ...body.marks, ...classes.marks]);
  return { code: whole, marks, refusals: file.refusals };
}
