/** @file A descriptor with one of its examples, made and run as a graph would, for the contract tests. */
import type { Module } from '../../nnx/module.ts';
import { Rngs } from '../../nnx/rngs.ts';
import { registry } from '../../registry.gen.ts';
import { validateArgs } from '../../spec/args.ts';
import { inputPorts, outputPorts, type Descriptor, type Example, type SpecsByPort, type TensorsByPort } from '../../spec/define.ts';
import type { Args, ArgsOf, ParamSpecs } from '../../spec/params.ts';
import type { Rejection } from '../../spec/reject.ts';
import { tf } from '../../tensor/tf.ts';

export interface Subject {
  /** 'Conv, example 2'. */
  readonly name: string;
  readonly key: string;
  readonly descriptor: Descriptor;
  readonly example: Example;
  readonly specs: SpecsByPort;
  readonly args: ArgsOf<ParamSpecs>;
  readonly problems: readonly Rejection[];
}

/** All descriptors of the registry under their keys. */
export const descriptors: readonly (readonly [key: string, descriptor: Descriptor])[] = Object.entries(registry);

/** Every example of every descriptor. */
export const subjects: readonly Subject[] = descriptors.flatMap(([key, descriptor]) =>
  descriptor.examples.map((example, i): Subject => {
    const specs = Object.fromEntries(
      Object.entries(example.inputs).map(([port, { shape, dtype = 'float32' }]) => [port, { shape, dtype }]),
    );
    const { args, problems } = validateArgs(descriptor.params, (example.args ?? {}) as Args, specs);
    return { name: `${key}, example ${i + 1}`, key, descriptor, example, specs, args: args as ArgsOf<ParamSpecs>, problems };
  }),
);

/**
 * Inputs by port: floats are all different and stay clear of whole numbers, so that small steps cross no kink; the order is scrambled
 * by a fixed rule. The caller disposes them.
 */
export function makeInputs({ example }: Subject): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(example.inputs).map(([port, { shape, dtype = 'float32', below = 2, positive = false }], nth) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const order = scrambled(size, 7 + nth);
      if (dtype !== 'float32')
        return [
          port,
          tf.tensor(
            order.map((i) => i % below),
            [...shape],
            dtype,
          ),
        ];
      const low = positive ? 0.3 : -1.45;
      return [
        port,
        tf.tensor(
          order.map((i) => low + (3 * (i + 0.5)) / size + 0.031 + 0.06 * nth),
          [...shape],
        ),
      ];
    }),
  );
}

/** 0 to size − 1 in an order that has no pattern, the same every time. */
export function scrambled(size: number, seed: number): number[] {
  let state = seed;
  const keys = Array.from({ length: size }, () => (state = (state * 16807) % 2147483647));
  return [...keys.keys()].sort((a, b) => keys[a]! - keys[b]!);
}

export function makeModule({ descriptor, args }: Subject): Module | null {
  return descriptor.kind === 'layer' ? (descriptor.make(args, { rngs: new Rngs(0) }) as Module) : null;
}

/** The outputs by port, as the interpreter of graphs gets them. */
export function runSubject({ descriptor, args }: Subject, module: Module | null, inputs: TensorsByPort): TensorsByPort {
  const inOrder = Object.fromEntries(
    Object.keys(inputPorts(descriptor, args)).flatMap((port) => (inputs[port] ? [[port, inputs[port]]] : [])),
  );
  const result = compute(descriptor, args, module, inOrder);
  const [port] = Object.keys(outputPorts(descriptor, args));
  return result instanceof tf.Tensor ? { [port!]: result } : result;
}

function compute(
  descriptor: Descriptor,
  args: ArgsOf<ParamSpecs>,
  module: Module | null,
  inputs: TensorsByPort,
): tf.Tensor | TensorsByPort {
  if (descriptor.kind === 'op') return descriptor.apply(inputs, args);
  if (descriptor.call) return descriptor.call(module!, inputs, args);
  return (module as unknown as { call(...inputs: tf.Tensor[]): tf.Tensor }).call(...Object.values(inputs));
}
