/** @file Recurrent cells as nodes of ONNX, one step and over a sequence. */
import { fillDefaults } from '../../spec/args.ts';
import { writeOneOnnx, type OnnxContext, type OnnxValue } from '../../spec/onnx.ts';
import { activationOp } from './activation-op.ts';
import { linearOnnx } from './linear-onnx.ts';

/** The next states; the last of them is the output, too. */
export function cellOnnx(cell: string, states: readonly OnnxValue[], x: OnnxValue, context: OnnxContext): readonly string[] {
  const { args, node, within, constant } = context;
  const h = states.at(-1)!;
  const linear = (name: string, input: OnnxValue, useBias: boolean) => linearOnnx(input, within(name, { useBias }));
  const activation = (param: string, normally: string) => (name: string) =>
    applied(String(args[param] ?? normally), { ...h, name }, context);
  const act = activation('activationFn', 'tanh');
  const gate = activation('gateFn', 'sigmoid');
  const parts = (name: string, count: number) => context.nodes('Split', [name], count, { axis: -1, num_outputs: count });
  const sum = (a: string, b: string) => node('Add', [a, b]);
  if (cell === 'SimpleCell') {
    const total = sum(linear('dense_i', x, true), linear('dense_h', h, false));
    return [act(args['residual'] === true ? sum(total, h.name) : total)];
  }
  if (cell === 'GRUCell') {
    const [xr, xz, xn] = parts(linear('dense_i', x, true), 3) as [string, string, string];
    const [hr, hz, hn] = parts(linear('dense_h', h, false), 3) as [string, string, string];
    const z = gate(sum(xz, hz));
    const n = act(sum(xn, node('Mul', [gate(sum(xr, hr)), hn])));
    return [sum(node('Mul', [node('Sub', [constant(1), z]), n]), node('Mul', [z, h.name]))];
  }
  const [i, f, g, o] =
    cell === 'OptimizedLSTMCell'
      ? parts(sum(linear('dense_i', x, false), linear('dense_h', h, true)), 4)
      : ['i', 'f', 'g', 'o'].map((each) => sum(linear(each === 'f' ? 'if_' : `i${each}`, x, false), linear(`h${each}`, h, true)));
  const memory = sum(node('Mul', [gate(f!), states[0]!.name]), node('Mul', [gate(i!), act(g!)]));
  return [memory, node('Mul', [gate(o!), act(memory)])];
}

function applied(name: string, x: OnnxValue, context: OnnxContext): string {
  const { onnx, params } = activationOp(name);
  if (onnx === undefined) return context.refuse(`ONNX has nothing for its activation ${name}.`);
  return writeOneOnnx(onnx, { x }, { ...context, args: fillDefaults(params, {}) });
}

interface Run {
  /** Where the weights of the cell stand. */
  readonly prefix: string;
  readonly isReverse: boolean;
}

/** The states after the last step, then all outputs. The states begin with zeros. */
export function sequenceOnnx(x: OnnxValue, { prefix, isReverse }: Run, context: OnnxContext): readonly string[] {
  const { args, node, cast, within, ints, scan } = context;
  const cell = String(args['cell']);
  const rank = x.shape.length;
  const axis = args['timeMajor'] === true ? 0 : rank - 2;
  const batch = [...x.shape.keys()].filter((each) => each !== axis && each !== rank - 1);
  const hidden = Number(args['hiddenFeatures']);
  const lengths = node('Concat', [node('Gather', [node('Shape', [x.name]), ints(batch)], { axis: 0 }), ints([hidden])], { axis: 0 });
  const zeros = node('ConstantOfShape', [lengths]);
  const state: OnnxValue = { name: zeros, shape: [...batch.map((each) => x.shape[each]!), hidden], dtype: 'float32' };
  const inner = within(prefix, {});
  return scan({
    states: /LSTM/.test(cell) ? [state, state] : [state],
    sequence: { ...x, name: cast(x, 'float32'), dtype: 'float32' },
    axis,
    reverse: isReverse,
    keepOrder: args['keepOrder'] === true,
    step: (states, slice) => {
      const next = cellOnnx(cell, states, slice, inner);
      return { states: next, output: next.at(-1)! };
    },
  });
}
