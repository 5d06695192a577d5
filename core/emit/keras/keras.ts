/** @file A document as a Keras model in Python: classes, then the code that makes the model, and what loads its weights. */
import type { ModelProgram } from '../../program/model-program.ts';
import { problemLines } from '../code-model.ts';
import { marksUpTo, type CodeMarks, type TakeMarks } from '../marks.ts';
import { importLines } from '../python/imports.ts';
import { PythonWriter } from '../python/writer.ts';
import type { Refusal } from '../target.ts';
import { writeClass } from './class.ts';
import { KerasModel } from './keras-model.ts';
import { writeMain, writeModel } from './model.ts';
import { className } from './names.ts';
import { writeLoader } from './weights.ts';

/** The Keras that the code was checked with, on JAX and on TensorFlow. */
export const KERAS_VERSION = '3.15.1';

interface Written {
  readonly code: string;
  readonly marks: CodeMarks;
  readonly refused: readonly Refusal[];
}

const written = new WeakMap<ModelProgram, Written>();

/** Python source that makes `model`, on whichever backend. A document with problems is written as far as it is understood. */
export function writeKeras(program: ModelProgram, takeMarks?: TakeMarks): string {
  const { code, marks } = write(program);
  takeMarks?.(marks);
  return code;
}

/** What Keras cannot express, by node and member. */
export function refuseKeras(program: ModelProgram): readonly Refusal[] {
  return write(program).refused;
}

function write(program: ModelProgram): Written {
  const known = written.get(program);
  if (known) return known;
  const model = new KerasModel(program);
  const body = new PythonWriter();
  for (const each of program.classes) {
    body.line();
    body.line();
    const fault = program.faults.ofClass(each.id);
    body.marked({ class: each.id }, () => {
      if (fault === undefined) writeClass(body, model, each);
      else body.leftOut(`the class ${className(each.name)}`, fault);
    });
  }
  body.line();
  body.line();
  if (writeModel(body, model)) {
    writeLoader(body, model);
    writeMain(body, model);
  }
  const head = headOf(model);
  const code = head.toString() + body.toString();
  const result = { code, marks: marksUpTo(code, [...head.marks, ...body.marks]), refused: model.refusals };
  written.set(program, result);
  return result;
}

function headOf(model: KerasModel): PythonWriter {
  const { program } = model;
  const head = new PythonWriter();
  const title = program.document.name.trim();
  head.comment(
    `${title === '' ? '' : `${title}. `}Written by Espalier for Keras ${KERAS_VERSION}, on JAX or TensorFlow (pip install keras==${KERAS_VERSION} safetensors).`,
  );
  if (program.classes.some(({ class: { probes } }) => probes.length > 0))
    head.comment('Probes are left out: Keras has nothing that collects them.');
  for (const line of problemLines(program)) head.comment(line);
  const definitions = [...model.definitions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { source, imports = [] } of definitions) {
    for (const line of imports) model.use(line);
    if (source.includes('layers.')) model.use('from keras import layers');
    if (source.includes('ops.')) model.use('from keras import ops');
  }
  for (const line of importLines(joined(model.imports))) head.line(line);
  for (const { source } of definitions) {
    head.line();
    head.line();
    for (const line of source.trim().split('\n')) head.plain(line);
  }
  return head;
}

/** `from keras import layers` and `from keras import ops` are one line. */
function joined(imports: ReadonlySet<string>): ReadonlySet<string> {
  const names = [...imports].flatMap((line) => /^from keras import (\w+)$/.exec(line)?.[1] ?? []).sort();
  const others = [...imports].filter((line) => !line.startsWith('from keras import '));
  return new Set([...others, ...(names.length === 0 ? [] : [`from keras import ${names.join(', ')}`])]);
}
