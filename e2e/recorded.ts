/** @file What real Flax gave for the digits classifier from `nnx.Rngs(0)`: the numbers that the screen must show. */
import { readFileSync } from 'node:fs';

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface StateEntry {
  readonly path: readonly string[];
  readonly value: Tensor | readonly Tensor[];
}

export interface Trace {
  readonly loss: Tensor;
  readonly sowed: readonly StateEntry[];
  readonly perturb_grads: readonly StateEntry[];
  readonly grad_params: readonly StateEntry[];
}

const models = JSON.parse(readFileSync('core/fixtures/recorded/models.json', 'utf8')) as Readonly<Record<string, unknown>>;

export function digitsTrace(mode: 'train' | 'eval'): Trace {
  return models[`Digits.rngs0.${mode}`] as Trace;
}

export function digitsTraining(): { readonly losses: Tensor; readonly test_accuracy: readonly number[] } {
  return models['Digits.rngs0.adam'] as { readonly losses: Tensor; readonly test_accuracy: readonly number[] };
}

/** The tensor under a path such as `hidden` or `linear1/kernel`. */
export function find(entries: readonly StateEntry[], path: string): Tensor {
  const entry = entries.find((each) => each.path.join('/') === path);
  if (!entry) throw new Error(`Nothing is recorded under ${path}.`);
  return Array.isArray(entry.value) ? (entry.value as readonly Tensor[])[0]! : (entry.value as Tensor);
}

/** The statistics that the editor shows, of recorded numbers. */
export function statistics({ data }: Tensor): Readonly<Record<'min' | 'max' | 'std' | 'norm', number>> {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const squares = data.reduce((sum, value) => sum + value * value, 0);
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  return { min: Math.min(...data), max: Math.max(...data), std: Math.sqrt(variance), norm: Math.sqrt(squares) };
}
