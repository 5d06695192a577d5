/** @file Dropout: sets a random part of the values to 0 in training. Port of nnx.Dropout. */
import { IndexError, ValueError } from '../nnx/errors.ts';
import { Module } from '../nnx/module.ts';
import { Rngs, RngStream } from '../nnx/rngs.ts';
import { bernoulli } from '../random/bernoulli.ts';
import { isKey, type Key } from '../random/key.ts';
import { construct, defineLayer, formatShape, p, port, requireDtype } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { toTensor, type Input } from './shared/input.ts';
import { resolveMode } from './shared/mode.ts';
import { readOptions, type LayerOptions } from './shared/options.ts';
import type { TorchDefinition } from '../spec/emit-pytorch.ts';
import { kerasRank } from '../ops/shared/keras.ts';

const params = {
  rate: p.float({ min: 0, max: 1, step: 0.05, start: 0.5, doc: 'Share of the values that are set to 0 in training.' }),
  broadcastDims: p.ints({ default: [], advanced: true, doc: 'Axes along which whole slices are dropped together.' }),
  deterministic: p.bool.nullable({
    default: false,
    mode: true,
    doc: 'Pass the input through unchanged. eval() sets it, train() clears it.',
  }),
  rngCollection: p.text({ default: 'dropout', advanced: true, doc: 'The stream of random numbers that the mask is drawn from.' }),
};

export type DropoutOptions = LayerOptions<typeof params> & {
  /** A fork of the stream `rngCollection` (or `default`) is kept; without one, every call needs `rngs`. */
  readonly rngs?: Rngs | RngStream | null;
};

export interface DropoutCall {
  /** Overrides the attribute for this call. */
  readonly deterministic?: boolean | null;
  /** Overrides the stream that the layer keeps. */
  readonly rngs?: Rngs | RngStream | Key | null;
}

/**
 * Keeps each value with probability 1 − rate and divides what is kept by it, so that the expected value stays. A call that masks draws one
 * key; one that does not draws none. The mask is Flax's own from the same stream.
 */
export class Dropout extends Module {
  static override readonly typeName: string = 'Dropout';
  /** Sequential hands it the streams of a call. */
  static readonly takesRngs = true;
  static readonly viewSpec = [{ name: 'deterministic', type: 'bool | None', default: null, doc: 'if True, disables dropout masking.' }];
  rate: number;
  readonly broadcastDims: number | readonly number[];
  deterministic: boolean | null;
  readonly rngCollection: string;
  rngs: RngStream | null;

  constructor(options: DropoutOptions) {
    super();
    const args = readOptions('Dropout', params, options);
    this.rate = args.rate;
    this.broadcastDims = args.broadcastDims;
    this.deterministic = args.deterministic;
    this.rngCollection = args.rngCollection;
    this.rngs = keptStream(options.rngs, args.rngCollection);
  }

  /**
   * The same shape as the input: the very same tensor where nothing is dropped, else one that the caller disposes.
   * @throws ValueError if neither call nor attribute says whether to drop, or if there is no stream to draw from; IndexError if
   * `broadcastDims` names an axis that the input lacks.
   */
  call(input: Input, { deterministic, rngs }: DropoutCall = {}): tf.Tensor {
    const isOff = resolveMode('Dropout', 'deterministic', deterministic, this.deterministic);
    if (isOff || this.rate === 0) return toTensor(input);
    return tf.tidy(() => {
      const x = toTensor(input);
      if (this.rate === 1) return tf.zerosLike(x);
      const shape = maskShape(x, [this.broadcastDims].flat());
      const key = drawKey(rngs ?? this.rngs, this.rngCollection);
      const keep = 1 - this.rate;
      const mask = tf.tensor(bernoulli(key, keep, shape), shape, 'bool');
      // A choice, not a product: 0 · NaN would be NaN where Flax gives 0.
      return tf.where(mask, tf.div(x, keep), tf.scalar(0));
    });
  }

  setView({ deterministic }: { readonly deterministic?: boolean | null }): void {
    if (deterministic !== null && deterministic !== undefined) this.deterministic = deterministic;
  }
}

function maskShape({ shape, rank }: tf.Tensor, broadcastDims: readonly number[]): number[] {
  const axes = broadcastDims.map((axis) => (axis < 0 ? axis + rank : axis));
  const missing = axes.findIndex((axis) => axis < 0 || axis >= rank);
  if (missing >= 0) {
    throw new IndexError(
      `broadcastDims of Dropout must be axes of its input, ${formatShape(shape)}, got ${broadcastDims[missing]}. Name axes from ${-rank} to ${rank - 1}.`,
    );
  }
  return shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
}

function keptStream(rngs: Rngs | RngStream | null | undefined, collection: string): RngStream | null {
  if (rngs === null || rngs === undefined) return null;
  if (rngs instanceof Rngs) return rngs.stream(collection).fork();
  if (rngs instanceof RngStream) return rngs.fork();
  throw new TypeError(`rngs must be a Rngs, RngStream or None, but got ${typeof rngs}. Pass new Rngs(seed).`);
}

function drawKey(rngs: Rngs | RngStream | Key | null, collection: string): Key {
  if (rngs instanceof Rngs) return rngs.stream(collection)();
  if (rngs instanceof RngStream) return rngs();
  if (isKey(rngs)) return rngs;
  if (rngs === null) {
    throw new ValueError(
      '`deterministic` is False, but no `rngs` argument was provided to Dropout. ' +
        'Pass rngs to the constructor, new Dropout({ rate, rngs }), or to the call, dropout.call(x, { rngs }).',
    );
  }
  throw new TypeError(`rngs must be a Rngs, RngStream or Key, but got ${typeof rngs}.`);
}

/** PyTorch drops whole channels at most. */
const BROADCAST_DROPOUT: TorchDefinition = {
  name: 'BroadcastDropout',
  source: `class BroadcastDropout(nn.Dropout):
    """Drops whole slices along some axes together."""

    def __init__(self, p: float, dims: tuple[int, ...]) -> None:
        super().__init__(p)
        self.dims = dims

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        dims = [dim % x.ndim for dim in self.dims]
        shape = [1 if dim in dims else length for dim, length in enumerate(x.shape)]
        return x * F.dropout(x.new_ones(shape), self.p, self.training)`,
};

export const dropoutLayer = defineLayer({
  type: 'Dropout',
  family: 'regularization',
  doc: 'Sets a random part of the values to 0 in training, so that the network does not lean on single ones.',
  keywords: ['regularization', 'Dropout1d', 'Dropout2d', 'SpatialDropout2D', 'mask'],
  params,
  inputs: { x: port() },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ x }) => {
    requireDtype('x', x!, ['float32']);
    return { y: x! };
  },
  make: (args, { rngs }) => new Dropout({ ...args, rngs }),
  emit: {
    keras: {
      construct: (context) => {
        const dims = [context.args['broadcastDims']].flat();
        if (dims.length === 0) return `layers.Dropout(${context.source('rate')})`;
        const rank = kerasRank(context);
        const shape = Array.from({ length: rank }, (_, i) => (dims.includes(i) || dims.includes(i - rank) ? '1' : 'None'));
        return `layers.Dropout(${context.source('rate')}, noise_shape=(${shape.join(', ')}${rank === 1 ? ',' : ''}))`;
      },
    },
    pytorch: {
      layout: ({ args }) => ((args['broadcastDims'] as readonly number[]).length === 0 ? 'any' : 0),
      construct: (context) => {
        const { args, source } = context;
        if ([args['broadcastDims'] as readonly number[]].flat().length === 0) return `nn.Dropout(${source('rate')})`;
        return `${context.define(BROADCAST_DROPOUT)}(${source('rate')}, ${source('broadcastDims')})`;
      },
    },
    flax: construct('nnx.Dropout', { positional: ['rate'] }),
  },
  onnx: ({ x }) => x!.name,
  examples: [
    { args: { rate: 0.5, deterministic: true }, inputs: { x: { shape: [2, 3] } } },
    { args: { rate: 0.25 }, inputs: { x: { shape: [4, 3] } } },
    { args: { rate: 0.5, broadcastDims: [0] }, inputs: { x: { shape: [3, 4] } } },
  ],
});
