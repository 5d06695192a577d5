/** @file MultiHeadAttention: learned projections around dot-product attention, with a cache for decoding. Port of nnx.MultiHeadAttention. */
import { multiHeadOnnx } from './shared/multi-head-onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import { contextsOf } from '../nnx/capture-context.ts';
import { report } from '../nnx/diagnostics.ts';
import { Module } from '../nnx/module.ts';
import { Rngs, type RngStream } from '../nnx/rngs.ts';
import { Cache } from '../nnx/variable.ts';
import { show } from '../nnx/watch-modules.ts';
import { combineMasks } from '../ops/combine-masks.ts';
import { dotProductAttention, type AttentionOptions } from '../ops/dot-product-attention.ts';
import { checkAgainstLogits } from '../ops/shared/attention-shapes.ts';
import { defineLayer } from '../spec/define.ts';
import { port } from '../spec/ports.ts';
import { formatShape, sameShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { LayerNorm } from './layer-norm.ts';
import { LinearGeneral } from './linear-general.ts';
import {
  attentionDescriptorParams,
  attentionParams,
  emitAttention,
  inferMultiHead,
  multiHeadCost,
  typescriptAttention,
  warnOfCausalDecode,
} from './shared/attention-spec.ts';
import { toFloat, type Input } from './shared/input.ts';
import { makeAll } from './shared/make-all.ts';
import { resolveMode } from './shared/mode.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { torchAttention } from './shared/pytorch-attention.ts';
import { kerasAttention } from './shared/keras-attention.ts';

/** How queries, keys and values, projected, become outputs, all [batch…, length, heads, depth]. */
export type AttentionFunction = (query: tf.Tensor, key: tf.Tensor, value: tf.Tensor, options: AttentionOptions) => tf.Tensor;

export type MultiHeadAttentionOptions = LayerOptions<typeof attentionParams> &
  WithRngs & {
    readonly attentionFn?: AttentionFunction;
  };

export interface MultiHeadAttentionCall {
  /** True or non-zero keeps; broadcastable to [batch…, heads, queries, keys]. */
  readonly mask?: tf.Tensor | null;
  readonly isCausal?: boolean;
  /** Overrides the attribute for this call; asked for only if there is dropout. */
  readonly deterministic?: boolean | null;
  /** Overrides the attribute for this call. */
  readonly decode?: boolean | null;
  /** Overrides the stream that the layer keeps. */
  readonly rngs?: Rngs | RngStream | null;
  /** Sow the weights as the Intermediate 'attentionWeights', [batch…, heads, queries, keys]. */
  readonly sowWeights?: boolean;
}

/**
 * Every query position mixes the values of all key positions by how well the keys match. Children: query, key, value, out (LinearGeneral);
 * queryLn, keyLn (LayerNorm, or null). While decoding, the Cache Variables cachedKey and cachedValue (batch…, maxLength, heads, depth)
 * and cacheIndex hold what came before.
 */
export class MultiHeadAttention extends Module {
  static override readonly typeName: string = 'MultiHeadAttention';
  /** Sequential hands it the streams of a call. */
  static readonly takesRngs = true;
  static readonly viewSpec = [
    { name: 'deterministic', type: 'bool | None', default: null, doc: 'if True, the module is set to deterministic mode.' },
    { name: 'decode', type: 'bool | None', default: null, doc: 'if True, the module is set to decode mode.' },
    { name: 'batchSize', type: 'int | Shape | None', default: null, doc: 'the batch size to use for the cache.' },
    { name: 'maxLength', type: 'int | None', default: null, doc: 'the max length to use for the cache.' },
  ];
  readonly query: LinearGeneral;
  readonly key: LinearGeneral;
  readonly value: LinearGeneral;
  readonly out: LinearGeneral;
  readonly queryLn: LayerNorm | null;
  readonly keyLn: LayerNorm | null;
  readonly numHeads: number;
  readonly inFeatures: number;
  readonly qkvFeatures: number;
  readonly outFeatures: number;
  readonly numKvHeads: number;
  readonly inKvFeatures: number;
  readonly headDim: number;
  readonly dtype: string | null;
  readonly paramDtype: string;
  readonly broadcastDropout: boolean;
  dropoutRate: number;
  deterministic: boolean | null;
  decode: boolean | null;
  readonly useBias: boolean;
  readonly normalizeQk: boolean;
  readonly attentionFn: AttentionFunction;
  rngs: RngStream | null;
  cachedKey: Cache | null = null;
  cachedValue: Cache | null = null;
  cacheIndex: Cache | null = null;

  /** @throws ValueError if the heads do not divide the features, or the heads of keys and values those of queries. */
  constructor(options: MultiHeadAttentionOptions) {
    super();
    const args = readOptions('MultiHeadAttention', attentionParams, options, ['rngs', 'attentionFn']);
    const { rngs } = options;
    this.numHeads = args.numHeads;
    this.inFeatures = args.inFeatures;
    this.qkvFeatures = args.qkvFeatures ?? args.inFeatures;
    this.outFeatures = args.outFeatures ?? args.inFeatures;
    this.inKvFeatures = args.inKvFeatures ?? args.inFeatures;
    this.numKvHeads = args.numKvHeads ?? args.numHeads;
    if (this.numHeads % this.numKvHeads !== 0) {
      throw new ValueError(`numHeads (${this.numHeads}) must be divisible by numKvHeads (${this.numKvHeads}). Choose a divisor.`);
    }
    if (this.qkvFeatures % this.numHeads !== 0) {
      throw new ValueError(
        `Memory dimension (${this.qkvFeatures}) must be divisible by 'numHeads' heads (${this.numHeads}). Choose a divisor.`,
      );
    }
    this.headDim = this.qkvFeatures / this.numHeads;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
    this.broadcastDropout = args.broadcastDropout;
    this.dropoutRate = args.dropoutRate;
    this.deterministic = args.deterministic;
    this.decode = args.decode;
    this.useBias = args.useBias;
    this.normalizeQk = args.normalizeQk;
    this.attentionFn = options.attentionFn ?? dotProductAttention;
    const { kernelInit, biasInit, useBias, dtype, paramDtype } = args;
    const project = (inFeatures: number, heads: number) =>
      new LinearGeneral({ inFeatures, outFeatures: [heads, this.headDim], kernelInit, biasInit, useBias, dtype, paramDtype, rngs });
    const norm = () => (this.normalizeQk ? new LayerNorm({ numFeatures: this.headDim, useBias: false, dtype, paramDtype, rngs }) : null);
    [this.query, this.key, this.value, this.queryLn, this.keyLn, this.out] = makeAll(
      () => project(this.inFeatures, this.numHeads),
      () => project(this.inKvFeatures, this.numKvHeads),
      () => project(this.inKvFeatures, this.numKvHeads),
      norm,
      norm,
      () =>
        new LinearGeneral({
          inFeatures: [this.numHeads, this.headDim],
          outFeatures: this.outFeatures,
          axis: [-2, -1],
          kernelInit: args.outKernelInit ?? kernelInit,
          biasInit: args.outBiasInit ?? biasInit,
          useBias,
          dtype,
          paramDtype,
          rngs,
        }),
    );
    this.rngs = args.keepRngs && args.dropoutRate > 0 ? rngs.dropout.fork() : null;
  }

  /**
   * `(batch…, queries, inFeatures)` with keys and values `(batch…, keys, inKvFeatures)` to `(batch…, queries, outFeatures)`. Keys default to
   * the queries (self-attention), values to the keys. The caller disposes the result.
   * @throws ValueError if neither call nor attribute says whether to decode, or to drop, or if there is no stream to draw from.
   */
  call(
    inputsQ: Input,
    ...rest: [MultiHeadAttentionCall?] | [Input | null, MultiHeadAttentionCall?] | [Input | null, Input | null, MultiHeadAttentionCall?]
  ): tf.Tensor {
    const { inputsK, inputsV, options } = readCall(rest);
    if (inputsV && !inputsK) {
      throw new ValueError(
        '`inputs_k` cannot be None if `inputs_v` is not None. To have both be the same value, pass it as the keys and leave the values out.',
      );
    }
    return tf.tidy(() => {
      const q = toFloat(inputsQ);
      if (q.shape.at(-1) !== this.inFeatures) {
        throw new ValueError(
          `Incompatible input dimension, got ${q.shape.at(-1)} but module expects ${this.inFeatures}. Make the layer with inFeatures ${q.shape.at(-1)}.`,
        );
      }
      const k = inputsK ? toFloat(inputsK) : q;
      const v = inputsV ? toFloat(inputsV) : k;
      let query = this.query.call(q);
      let key = this.key.call(k);
      let value = this.value.call(v);
      if (this.queryLn) query = this.queryLn.call(query);
      if (this.keyLn) key = this.keyLn.call(key);
      const isDecoding = resolveMode('MultiHeadAttention', 'decode', options.decode, this.decode);
      const cache = isDecoding ? cacheOf(this, key) : null;
      if (cache && options.isCausal) reportCausalDecode();
      const mask = cache ? maskUnseen(this, cache, query.shape, options.mask) : options.mask;
      const dropout = resolveDropout(this, options);
      // Last of all that may throw: a step that fails leaves the cache as it was.
      if (cache) [key, value] = remember(cache, key, value);
      const mixed = this.attentionFn(query, key, value, {
        mask,
        isCausal: options.isCausal ?? false,
        module: options.sowWeights ? this : null,
        seeWeights: (weights) => show(this, 'attentionWeights', weights),
        ...dropout,
      });
      return this.out.call(mixed);
    });
  }

  /**
   * Makes an empty cache for inputs of this shape, (batch…, maxLength, features). Where there is one, its Variables start anew, also for
   * the views that share them.
   * @throws ValueError for a shape without batch, length or features that are whole numbers.
   */
  initCache(inputShape: readonly number[]): void {
    if (inputShape.length < 2 || inputShape.some((size) => !Number.isInteger(size) || size < 0)) {
      throw new ValueError(`initCache expects the shape of the inputs, [batch…, maxLength, features], got ${formatShape(inputShape)}.`);
    }
    const shape = [...inputShape.slice(0, -1), this.numKvHeads, this.headDim];
    this.cachedKey = renewed(this.cachedKey, tf.zeros(shape));
    this.cachedValue = renewed(this.cachedValue, tf.zeros(shape));
    this.cacheIndex = renewed(this.cacheIndex, tf.scalar(0, 'int32'));
  }

  /**
   * Sets the modes that are given. With `decode: true` and both sizes, an empty cache is made where there is none; Flax means to,
   * but never does. The cache then belongs to the view.
   */
  setView({
    deterministic,
    decode,
    batchSize,
    maxLength,
  }: {
    readonly deterministic?: boolean | null;
    readonly decode?: boolean | null;
    readonly batchSize?: number | readonly number[] | null;
    readonly maxLength?: number | null;
  }): void {
    if (deterministic !== null && deterministic !== undefined) this.deterministic = deterministic;
    if (decode === null || decode === undefined) return;
    this.decode = decode;
    if (!decode || this.cachedKey) return;
    const hasBatch = batchSize !== null && batchSize !== undefined;
    const hasLength = maxLength !== null && maxLength !== undefined;
    if (!hasBatch && !hasLength) return;
    if (!hasBatch) throw new TypeError("'batchSize' must be provided when initializing cache. Give it beside maxLength.");
    if (!hasLength) throw new TypeError("'maxLength' must be provided when initializing cache. Give it beside batchSize.");
    this.initCache([...[batchSize].flat(), maxLength, this.inFeatures]);
  }
}

type CallRest = readonly unknown[];

/** Keys, values and options from what follows the queries: an object that is no tensor and no array is the options. */
function readCall(rest: CallRest): { inputsK: Input | null; inputsV: Input | null; options: MultiHeadAttentionCall } {
  const last = rest.at(-1);
  const hasOptions =
    typeof last === 'object' && last !== null && !(last instanceof tf.Tensor) && !Array.isArray(last) && !ArrayBuffer.isView(last);
  const [inputsK = null, inputsV = null] = (hasOptions ? rest.slice(0, -1) : rest) as (Input | null | undefined)[];
  return { inputsK, inputsV, options: hasOptions ? (last as MultiHeadAttentionCall) : {} };
}

/** Whether to drop weights, and with which key. The mode is asked for only where there is dropout. */
function resolveDropout(layer: MultiHeadAttention, { deterministic, rngs }: MultiHeadAttentionCall): AttentionOptions {
  const { dropoutRate, broadcastDropout } = layer;
  if (dropoutRate === 0 || resolveMode('MultiHeadAttention', 'deterministic', deterministic, layer.deterministic))
    return { deterministic: true };
  const given = rngs ?? layer.rngs;
  const stream = given instanceof Rngs ? given.dropout : given;
  if (!stream) {
    throw new ValueError(
      "'rngs' must be provided to __call__ method if MultiHeadAttention instance is defined with keep_rngs=False. Pass mha.call(x, { rngs }).",
    );
  }
  return { dropoutRate, broadcastDropout, dropoutRng: stream(), deterministic: false };
}

function renewed(cache: Cache | null, value: tf.Tensor): Cache {
  if (!cache) return new Cache(value);
  cache.value = value;
  return cache;
}

/** Kept as in Flax, so that the emitted code and this one agree. */
function reportCausalDecode(): void {
  report({
    code: 'causal-decode',
    path: null,
    name: 'isCausal',
    message:
      'MultiHeadAttention decodes with isCausal: the mask takes the one query for the first of the sequence, so that it sees the first key ' +
      'only, in Flax, too. Leave isCausal out while decoding: what has not come yet is hidden in any case.',
  });
}

interface DecodeCache {
  readonly keys: Cache;
  readonly values: Cache;
  readonly index: Cache;
  /** How many positions there is room for. */
  readonly length: number;
}

/** @throws ValueError if there is no cache, or if it does not fit one position of this key. */
function cacheOf({ cachedKey, cachedValue, cacheIndex }: MultiHeadAttention, key: tf.Tensor): DecodeCache {
  if (!cachedKey || !cachedValue || !cacheIndex) {
    throw new ValueError('Autoregressive cache not initialized, call ``init_cache`` first: mha.initCache([batch, maxLength, features]).');
  }
  const expected = cachedKey.shape.with(cachedKey.shape.length - 3, 1);
  if (!sameShape(expected, key.shape)) {
    throw new ValueError(
      `Autoregressive cache shape error, expected key shape ${formatShape(expected)} instead got ${formatShape(key.shape)}. Give one position at a time.`,
    );
  }
  return { keys: cachedKey, values: cachedValue, index: cacheIndex, length: cachedKey.shape.at(-3)! };
}

/** The mask that also hides the positions that are not there yet: the next query may look at those before it, and at itself. */
function maskUnseen(
  { numHeads }: MultiHeadAttention,
  { keys, index, length }: DecodeCache,
  query: readonly number[],
  mask: tf.Tensor | null | undefined,
): tf.Tensor | null {
  if (mask) checkAgainstLogits('mask', mask.shape, [...query.slice(0, -3), numHeads, query.at(-3)!, length]);
  const seen = tf.lessEqual(tf.range(0, length, 1, 'int32'), index.value);
  return combineMasks(mask, tf.reshape(seen, [...keys.shape.slice(1).map(() => 1), length]));
}

/** Writes one position into the cache, and gives all keys and values. */
function remember({ keys, values, index, length }: DecodeCache, key: tf.Tensor, value: tf.Tensor): [tf.Tensor, tf.Tensor] {
  // Past the end, the last position is overwritten and the index goes on, as in Flax. Chosen by a mask: reading the index would wait for the GPU.
  const place = tf.minimum(index.value, tf.scalar(length - 1, 'int32'));
  const isHere = tf.reshape(tf.equal(tf.range(0, length, 1, 'int32'), place), [length, 1, 1]);
  const all: [tf.Tensor, tf.Tensor] = [tf.where(isHere, key, keys.value), tf.where(isHere, value, values.value)];
  [keys.value, values.value] = all;
  index.value = tf.add(index.value, tf.scalar(1, 'int32'));
  return all;
}

export const multiHeadAttentionLayer = defineLayer({
  type: 'MultiHeadAttention',
  family: 'attention',
  doc: 'Lets every position look at all others, in several learned ways at once.',
  keywords: ['self-attention', 'cross-attention', 'transformer', 'nn.MultiheadAttention', 'MHA', 'grouped query attention'],
  params: attentionDescriptorParams,
  inputs: {
    q: port({ minRank: 2, along: () => [-2], doc: '[batch…, queries, features]' }),
    k: port({ minRank: 2, optional: true, doc: '[batch…, keys, features]; the queries where nothing is wired.' }),
    v: port({ minRank: 2, optional: true, doc: '[batch…, keys, features]; the keys where nothing is wired.' }),
    mask: port({ optional: true, doc: 'True keeps, [batch…, heads, queries, keys].' }),
  },
  outputs: { y: port() },
  usesRngs: true,
  isComposed: true,
  infer: inferMultiHead,
  cost: multiHeadCost,
  warn: warnOfCausalDecode,
  make: ({ isCausal: _isCausal, sowWeights: _sowWeights, ...args }, { rngs }) => new MultiHeadAttention({ ...args, rngs }),
  call: (module, { q, k, v, mask }, { isCausal, sowWeights }) =>
    // As probes do: outside a capture Flax would keep one more on the Module with every call.
    (module as MultiHeadAttention).call(q!, k ?? null, v ?? null, {
      ...(mask ? { mask } : {}),
      isCausal,
      sowWeights: sowWeights && contextsOf(module).length > 0,
    }),
  emit: {
    keras: kerasAttention,
    pytorch: torchAttention,
    flax: emitAttention,
    typescript: typescriptAttention,
  },
  onnx: ({ q, k, v, mask }, context) => multiHeadOnnx(q!, k ?? q!, v ?? k ?? q!, mask, context),
  examples: [
    { args: { numHeads: 2, inFeatures: 4, qkvFeatures: 4, outFeatures: 3 }, inputs: { q: { shape: [1, 3, 4] } } },
    { args: { numHeads: 4, inFeatures: 4, numKvHeads: 2, isCausal: true, normalizeQk: true }, inputs: { q: { shape: [2, 3, 4] } } },
    {
      args: { numHeads: 2, inFeatures: 3, qkvFeatures: 4, inKvFeatures: 4 },
      inputs: { q: { shape: [1, 2, 3] }, k: { shape: [1, 3, 4] }, mask: { shape: [1, 1, 2, 3], dtype: 'bool' } },
    },
  ],
});
