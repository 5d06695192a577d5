/** @file The gradient of a descriptor's example, and the slope by finite differences to hold it against. */
import { formula, LOSS } from '../../fixtures/formula.ts';
import { dispose } from '../../nnx/dispose.ts';
import { valueAndGrad } from '../../nnx/grad.ts';
import type { Module } from '../../nnx/module.ts';
import type { State } from '../../nnx/state.ts';
import { Param } from '../../nnx/variable.ts';
import { gradients as tapeGradients } from '../../tensor/gradients.ts';
import { tf } from '../../tensor/tf.ts';
import { variablesOf } from '../golden/build.ts';
import { makeModule, runSubject, scrambled, type Subject } from './subject.ts';

type Inputs = Readonly<Record<string, tf.Tensor>>;

/** W of all float outputs. Null where there is none. */
function loss(subject: Subject, module: Module | null, inputs: Inputs): tf.Scalar | null {
  const outputs = Object.values(runSubject(subject, module, inputs)).filter(({ dtype }) => dtype === 'float32');
  const terms = outputs.map((y) => tf.sum<tf.Scalar>(tf.mul(y, tf.tensor(formula(y.shape, LOSS), y.shape))));
  return terms.length === 0 ? null : terms.reduce((total, term) => tf.add(total, term));
}

/** Numbers by place: inputs by port, Params by path. */
export type Numbers = ReadonlyMap<string, Float32Array>;

/** The gradients with respect to all float inputs and Params, or null where there is nothing to differentiate. */
export function gradients(subject: Subject, inputs: Inputs): Numbers | null {
  const floats = Object.fromEntries(Object.entries(inputs).filter(([, { dtype }]) => dtype === 'float32'));
  const hasLoss = tf.tidy(() => {
    const module = makeModule(subject);
    const found = loss(subject, module, inputs) !== null;
    dispose(module);
    return found;
  });
  if (!hasLoss || (subject.descriptor.kind === 'op' && Object.keys(floats).length === 0)) return null;
  const result = new Map<string, Float32Array>();
  const read = (place: string, tensor: tf.Tensor) => result.set(place, Float32Array.from(tensor.dataSync()));
  if (subject.descriptor.kind === 'op') {
    const names = Object.keys(floats);
    const grads = tapeGradients(() => loss(subject, null, inputs)!, Object.values(floats));
    for (const [i, gradient] of grads.entries()) read(names[i]!, gradient);
    tf.dispose(grads);
    return result;
  }
  const module = makeModule(subject)!;
  const run = (model: Module, given: Record<string, tf.Tensor>) => loss(subject, model, { ...inputs, ...given })!;
  const [value, grads] = valueAndGrad(run, { argnums: [0, 1] })(module, floats) as unknown as [
    tf.Tensor,
    [State, Record<string, tf.Tensor>],
  ];
  for (const [path, variable] of grads[0].flat()) read(path.join('/'), variable.value);
  for (const [name, gradient] of Object.entries(grads[1])) read(name, gradient);
  value.dispose();
  grads[0].dispose();
  dispose([grads[1], module]);
  return result;
}

/**
 * The slope of the loss along one direction over all inputs and Params, by four evaluations of a model made anew each time (so that
 * statistics and streams start alike), and the same slope by the gradients.
 */
export function slopes(subject: Subject, inputs: Inputs, grads: Numbers): { readonly measured: number; readonly computed: number } {
  const steps = new Map(
    [...grads].map(([place, numbers], nth) => [place, scrambled(numbers.length, 31 + nth).map((i) => (i % 2 === 0 ? 1 : -1))]),
  );
  const at = (distance: number): number =>
    tf.tidy(() => {
      const moved = (place: string, tensor: tf.Tensor) => {
        const step = steps.get(place);
        return step
          ? tf.tensor(
              tensor.dataSync().map((value, i) => value + distance * step[i]!),
              tensor.shape,
            )
          : tensor;
      };
      const module = makeModule(subject);
      for (const [path, variable] of module ? variablesOf(module) : []) {
        if (variable instanceof Param) variable.value = moved(path.join('/'), variable.value as tf.Tensor);
      }
      const value = loss(subject, module, Object.fromEntries(Object.entries(inputs).map(([port, tensor]) => [port, moved(port, tensor)])))!;
      const number = value.dataSync()[0]!;
      dispose(module);
      return number;
    });
  const h = 1 / 128;
  const measured = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  const computed = [...grads].reduce(
    (sum, [place, numbers]) => sum + numbers.reduce((all, value, i) => all + value * steps.get(place)![i]!, 0),
    0,
  );
  return { measured, computed };
}
