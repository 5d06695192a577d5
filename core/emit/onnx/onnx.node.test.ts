/** What is written for ONNX is run by ONNX Runtime, and gives what the live model gives, in the mode for use. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelDocument } from '../../document/schema.ts';
import { oneNodeDocument } from '../../fixtures/one-node.ts';
import { describeModel } from '../../program/model-program.ts';
import { compareOutputs, TOLERANCE } from '../../run/compare.ts';
import { recordModel } from '../../run/record-model.ts';
import { subjects } from '../../test/contract/subject.ts';
import { EXAMPLES, example } from '../../test/examples.ts';
import * as runtime from 'onnxruntime-web/wasm';
import { runOnnx, type OnnxRuntime } from '../../../cli/verify/run-onnx.ts';
import { template, TEMPLATES } from '../../test/templates.ts';
import { validDocument, withSettings } from '../../test/valid-documents.ts';
import { describeOnnx } from './model.ts';
import { writeOnnxModel } from './write.ts';

/** The outputs that differ, with how far. */
async function differences(document: ModelDocument): Promise<unknown> {
  const model = describeOnnx(describeModel(document, { forCode: true }));
  if (model.refused.length > 0) return model.refused.map(({ reason }) => reason);
  const { weights, inputs, outputs } = await recordModel(document);
  const got = await runOnnx(runtime as unknown as OnnxRuntime, writeOnnxModel(model, weights), inputs);
  return compareOutputs(outputs, got).filter(({ difference }) => !(difference <= TOLERANCE));
}

describe.each(subjects.map((subject, i) => [`${subject.name} ${i}`, subject] as const))('the ONNX of %s', (name, subject) => {
  it('computes what the live model computes', async () => {
    expect(await differences(oneNodeDocument(subject))).toEqual(REFUSED[name.replace(/ \d+$/, '')] ?? []);
  });
});

/** What ONNX lacks, or is not written. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'Bidirectional, example 2': ['Lengths that differ, of sequences that are turned around, are not written for ONNX.'],
  'ConvTranspose, example 3': ['A transposed convolution of ONNX has no CIRCULAR padding.'],
  'RNN, example 3': [
    'Lengths that differ, of sequences that are turned around or whose last state is asked for, are not written for ONNX.',
  ],
  'softmaxCrossEntropyWithIntegerLabels, example 2': ['Its input "where" is not written for ONNX.'],
};

it.each(EXAMPLES)('the ONNX of the example %s computes what the live model computes', async (name) => {
  expect(await differences(example(name))).toEqual([]);
});

it.each(TEMPLATES.map(({ name }) => name))(
  'the ONNX of the template %s computes what the live model computes',
  async (name) => {
    expect(await differences(template(name))).toEqual([]);
  },
  120_000,
);

it('computes what random models compute, with their settings and modes', async () => {
  const documents = fc.sample(validDocument, { numRuns: 40, seed: 12 });
  for (const [i, each] of documents.entries())
    expect(await differences(i % 2 === 0 ? each : withSettings(each)), `random ${i}`).toEqual([]);
}, 120_000);
