/** @file The test of a project in TypeScript: what the model gives is what the app gave. */
import { writeText } from '../typescript/literal.ts';
import type { RecordedValues } from './recorded.ts';

export function typescriptTest(module: string, { inputs, outputs }: RecordedValues, tolerance: number): string {
  const names = (values: RecordedValues['inputs']) => `[${values.map(({ name }) => writeText(name)).join(', ')}]`;
  return `/** Compares what the model gives with what the app gave for the same inputs. */
import assert from "node:assert";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readSafetensors, tf } from "espalier";
import { loadModel } from "./load_${module}.ts";

const TOLERANCE = ${tolerance};
const TYPES = { F32: "float32", I32: "int32", BOOL: "bool" } as const;
const INPUTS: readonly string[] = ${names(inputs)};
const OUTPUTS: readonly string[] = ${names(outputs)};

const file = new URL("./recorded.safetensors", import.meta.url);
const recorded = readSafetensors(new Uint8Array(readFileSync(file))).tensors;

function input(i: number): tf.Tensor {
  const { data, shape, dtype } = recorded[\`input\${i}\`]!;
  return tf.tensor(data, [...shape], TYPES[dtype as keyof typeof TYPES]);
}

test("the model gives what the app gave", () => {
  const model = loadModel() as unknown as {
    call(...inputs: tf.Tensor[]): tf.Tensor | readonly tf.Tensor[];
  };
  const got = [model.call(...INPUTS.map((_, i) => input(i)))].flat();
  for (const [i, name] of OUTPUTS.entries()) {
    const expected = [...recorded[\`output\${i}\`]!.data];
    const values = [...got[i]!.dataSync()];
    const largest = Math.max(...expected.map(Math.abs)) || 1;
    const differences = expected.map((value, k) => Math.abs(value - values[k]!));
    assert.ok(Math.max(...differences) <= TOLERANCE * largest, name);
  }
});
`;
}
