/** @file Random networks of all kinds of layers on sequences (batch, time, features): residuals, shared layers, functions between. */
import fc from 'fast-check';
import {
  BatchNorm,
  Bidirectional,
  Conv,
  ConvTranspose,
  Dropout,
  Einsum,
  elu,
  gelu,
  GroupNorm,
  GRUCell,
  InstanceNorm,
  LayerNorm,
  Linear,
  LinearGeneral,
  List,
  LoRALinear,
  logSoftmax,
  LSTMCell,
  Module,
  MultiHeadAttention,
  OptimizedLSTMCell,
  PReLU,
  relu,
  RMSNorm,
  RNN,
  type Rngs,
  silu,
  SimpleCell,
  softmax,
  softplus,
  standardize,
  tf,
  WeightNorm,
} from '../index.ts';

type Layer = Module & { call(x: tf.Tensor): tf.Tensor };
interface Choice {
  readonly kind: number;
  readonly from: number;
  readonly size: number;
  readonly flag: boolean;
}
export interface NetworkPlan {
  readonly features: number;
  readonly steps: readonly Choice[];
}

export const anyNetworkPlan: fc.Arbitrary<NetworkPlan> = fc.record({
  features: fc.integer({ min: 1, max: 4 }),
  steps: fc.array(fc.record({ kind: fc.nat(999), from: fc.nat(99), size: fc.integer({ min: 1, max: 4 }), flag: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  }),
});

/** Layers from `features` to as many features, or to `size` of them. */
const LAYERS: readonly ((features: number, size: number, flag: boolean, rngs: Rngs) => readonly [layer: Module, features: number])[] = [
  (f, n, flag, rngs) => [new Linear({ inFeatures: f, outFeatures: n, useBias: flag, rngs }), n],
  (f, n, flag, rngs) => [new LinearGeneral({ inFeatures: f, outFeatures: n, useBias: flag, rngs }), n],
  (f, n, flag, rngs) => [
    new LoRALinear({ inFeatures: f, outFeatures: n, loraRank: flag ? 1 : 2, loraBaseModule: undefined, rngs } as never),
    n,
  ],
  (f, n, flag, rngs) => [new Einsum({ einsumStr: '...a,ab->...b', kernelShape: [f, n], ...(flag ? { biasShape: [n] } : {}), rngs }), n],
  (f, n, flag, rngs) => [new Conv({ inFeatures: f, outFeatures: n, kernelSize: [3], kernelDilation: flag ? 2 : 1, rngs }), n],
  (f, n, flag, rngs) => [
    new Conv({ inFeatures: f, outFeatures: f * n, kernelSize: [2], featureGroupCount: f, padding: flag ? 'CAUSAL' : 'CIRCULAR', rngs }),
    f * n,
  ],
  (f, n, flag, rngs) => [new ConvTranspose({ inFeatures: f, outFeatures: n, kernelSize: [flag ? 3 : 2], transposeKernel: flag, rngs }), n],
  (f, _, flag, rngs) => [new BatchNorm({ numFeatures: f, epsilon: 0.1, useFastVariance: flag, rngs }), f],
  (f, _, flag, rngs) => [new LayerNorm({ numFeatures: f, epsilon: 0.1, useScale: flag, reductionAxes: flag ? -1 : [-2, -1], rngs }), f],
  (f, _, flag, rngs) => [new RMSNorm({ numFeatures: f, epsilon: 0.1, useScale: flag, rngs }), f],
  (f, _, flag, rngs) => [new GroupNorm({ numFeatures: f, numGroups: flag ? 1 : f, epsilon: 0.1, rngs }), f],
  (f, _, flag, rngs) => [new InstanceNorm({ numFeatures: f, epsilon: 0.1, useBias: flag, rngs }), f],
  (f, n, flag, rngs) => [
    // Normalizing a head of two features is all but a step.
    new MultiHeadAttention({
      numHeads: 2,
      inFeatures: f,
      qkvFeatures: flag ? 8 : 4,
      outFeatures: n,
      decode: false,
      normalizeQk: flag,
      rngs,
    }),
    n,
  ],
  (f, n, flag, rngs) => [
    new RNN({
      cell: new (flag ? LSTMCell : OptimizedLSTMCell)({ inFeatures: f, hiddenFeatures: n, rngs }),
      reverse: flag,
      keepOrder: true,
    }),
    n,
  ],
  (f, n, flag, rngs) => {
    const rnn = () => new RNN({ cell: new GRUCell({ inFeatures: f, hiddenFeatures: n, rngs }) });
    return flag ? [new Bidirectional({ forwardRnn: rnn(), backwardRnn: rnn() }), 2 * n] : [rnn(), n];
  },
  (f, n, flag, rngs) => [new RNN({ cell: new SimpleCell({ inFeatures: f, hiddenFeatures: n, residual: flag, rngs }) }), n],
  (f, n, flag, rngs) => [new WeightNorm({ layerInstance: new Linear({ inFeatures: f, outFeatures: n, rngs }), useScale: flag, rngs }), n],
  (f, _, flag, rngs) => [new Dropout({ rate: flag ? 0.25 : 0.5, rngs }), f],
];
const SMOOTH: readonly ((x: tf.Tensor) => tf.Tensor)[] = [
  tf.tanh,
  tf.sigmoid,
  gelu,
  silu,
  softplus,
  softmax,
  logSoftmax,
  (x) => standardize(x, { epsilon: 0.1 }),
  (x) => tf.reverse(x, 1),
];
const KINKED: readonly ((x: tf.Tensor) => tf.Tensor)[] = [relu, elu, (x) => tf.maximum(x, tf.neg(tf.div(x, 2)))];

/** One way through the layers; made from the same plan and seed, two are twins. */
export class Network extends Module {
  static override readonly typeName: string = 'Network';
  readonly layers = new List<Module>();
  readonly prelu: PReLU;
  readonly route: readonly ((values: readonly tf.Tensor[], layers: List<Module>) => tf.Tensor)[];

  /** `kinked` allows functions and layers whose slopes jump. */
  constructor({ features, steps }: NetworkPlan, rngs: Rngs, { kinked = false }: { readonly kinked?: boolean } = {}) {
    super();
    this.prelu = new PReLU();
    const widths = [features];
    const madeFor: [input: number, output: number][] = [];
    const functions = kinked ? [...SMOOTH, ...KINKED] : SMOOTH;
    const route: ((values: readonly tf.Tensor[], layers: List<Module>) => tf.Tensor)[] = [];
    for (const { kind, from, size, flag } of steps) {
      const source = Math.max(0, widths.length - 1 - (from % 3));
      const width = widths[source]!;
      const shared = madeFor.findIndex(([input]) => input === width);
      const mates = widths.flatMap((other, i) => (other === width && i !== source ? [i] : []));
      const choice = kind % (LAYERS.length + 6);
      if (choice < LAYERS.length) {
        const [layer, output] = LAYERS[choice]!(width, size, flag, rngs);
        const position = this.layers.length;
        this.layers.append(layer);
        madeFor.push([width, output]);
        route.push((values, layers) => (layers.get(position) as Layer).call(values[source]!));
        widths.push(output);
      } else if (choice === LAYERS.length && shared >= 0) {
        // A second call of a layer: its weights are shared.
        route.push((values, layers) => (layers.get(shared) as Layer).call(values[source]!));
        widths.push(madeFor[shared]![1]);
      } else if (choice === LAYERS.length + 1 && mates.length > 0) {
        const mate = mates[from % mates.length]!;
        route.push((values) => (flag ? tf.add : tf.mul)(values[source]!, values[mate]!));
        widths.push(width);
      } else if (choice === LAYERS.length + 2) {
        route.push((values) => tf.concat([values[source]!, values[0]!], -1));
        widths.push(width + features);
      } else {
        const f = functions[from % functions.length]!;
        route.push((values) => f(values[source]!));
        widths.push(width);
      }
    }
    this.route = route;
  }

  /** (batch, time, features); the length of time never changes. */
  call(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const values = [x];
      for (const step of this.route) values.push(step(values, this.layers));
      return values.at(-1)!;
    });
  }
}
