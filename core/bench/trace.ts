/** @file What looking costs: a pass with every wire watched, perturbed and sowed, against a plain gradient of the same model. */
import digitsText from '../../assets/examples/digits.espalier?raw';
import { parseDocument } from '../document/parse.ts';
import type { ModelDocument } from '../document/schema.ts';
import { capture } from '../nnx/capture.ts';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import type { State } from '../nnx/state.ts';
import { Intermediate, Perturbation } from '../nnx/variable.ts';
import { openObjective } from '../run/objective.ts';
import { openModel, type OpenedModel } from '../run/open-model.ts';
import { disposePass, runPass } from '../run/pass.ts';
import type { Batch } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { digitsBatch } from './batch.ts';
import { type Benchmark, compare, type Contender, milliseconds, result } from './measure.ts';

const ROUNDS = 31;
const OBJECTIVE = openObjective({ loss: { type: 'crossEntropy', args: {} } });

type Model = OpenedModel['model'];

/** The example, in which every hidden wire is perturbed and sowed. */
export function digitsDocument(): ModelDocument {
  const parsed = parseDocument(digitsText);
  if (!parsed.ok) throw new Error(parsed.refusals[0]?.message ?? 'The example cannot be read.');
  return parsed.document;
}

function lossOf(model: Model, batch: Batch): tf.Tensor {
  return OBJECTIVE.compute([model.call(...batch.inputs) as tf.Tensor], batch);
}

/** A gradient step without a change of the parameters. */
function plainGradient(model: Model, batch: Batch): Contender {
  const through = valueAndGrad((model: Model) => lossOf(model, batch));
  return {
    name: 'gradient',
    async run() {
      const [value, gradients] = through(model);
      await value.data();
      value.dispose();
      gradients.dispose();
    },
  };
}

/** The pass of a run, without its summaries. */
export async function benchTrace(backend: string): Promise<Benchmark> {
  const document = digitsDocument();
  const opened = openModel(document);
  const batch = digitsBatch();
  const trace = {
    name: 'trace',
    async run() {
      const pass = await runPass(opened, batch, {
        document,
        labels: null,
        objective: OBJECTIVE,
        onDiagnostic: () => undefined,
        onBackward: () => undefined,
      });
      await pass.loss.data();
      disposePass(pass);
    },
  };
  const { firstMs, secondMs, ratio } = await compare(trace, plainGradient(opened.model, batch), ROUNDS);
  dispose(opened.model);
  tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
  const detail = `${milliseconds(firstMs)} against ${milliseconds(secondMs)}`;
  return result('trace with every wire perturbed and sowed over a gradient step', backend, ratio, 'at most', 1.5, detail);
}

function bytesOf(state: State<unknown>): number {
  return state
    .flat()
    .reduce((sum, [, variable]) => sum + 4 * (variable as Perturbation).shape.reduce((size, length) => size * length, 1), 0);
}

/** Flax's own workflow: perturbations made once, then their gradients with those of the parameters. */
export async function benchPerturbations(backend: string): Promise<Benchmark[]> {
  const { model } = openModel(digitsDocument());
  const batch = digitsBatch();
  const baseBytes = tf.memory().numBytes;
  const [out, perturbations] = capture(model, [Perturbation])(...batch.inputs);
  (out as tf.Tensor).dispose();
  const through = valueAndGrad(
    (model: Model, perturbations: State<Perturbation>) => {
      const [out, sowed] = capture(model, [Intermediate], { init: perturbations })(...batch.inputs);
      sowed.dispose();
      return OBJECTIVE.compute([out as tf.Tensor], batch);
    },
    { argnums: [0, 1] },
  );
  const perturbed = {
    name: 'perturbed',
    async run() {
      const [value, gradients] = through(model, perturbations);
      await value.data();
      value.dispose();
      for (const state of gradients) state.dispose();
    },
  };
  const [value, gradients] = through(model, perturbations);
  value.dispose();
  const heldBytes = tf.memory().numBytes - baseBytes;
  const ownBytes = gradients.reduce((sum, state) => sum + bytesOf(state), 0);
  for (const state of gradients) state.dispose();
  const { firstMs, secondMs, ratio } = await compare(perturbed, plainGradient(model, batch), ROUNDS);
  perturbations.dispose();
  dispose(model);
  tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
  const times = `${milliseconds(firstMs)} against ${milliseconds(secondMs)}`;
  const bytes = `${heldBytes} bytes held, ${ownBytes} of gradients`;
  return [
    result('capture with a perturbation on every wire: time over a gradient step', backend, ratio, 'at most', 1.3, times),
    result('capture with a perturbation on every wire: memory over its gradients', backend, heldBytes / ownBytes, 'at most', 1, bytes),
  ];
}
