/** @file Parameters, shapes and code of MultiHeadAttention. */
import { elements, type CallCost, type KnownShapes } from '../../spec/cost.ts';
import type { SpecsByPort } from '../../spec/define.ts';
import type { EmitContext, LayerEmitter, TypeScriptLayer } from '../../spec/emit.ts';
import { divisorUpTo, setTo } from '../../spec/mend.ts';
import { p, type ArgsOf } from '../../spec/params.ts';
import { reject, type Rejection, requireAxis, requireDtype, requireRank } from '../../spec/reject.ts';
import { fitsLogits } from '../../ops/shared/attention-shapes.ts';
import { formatShape } from '../../spec/shape.ts';
import { axisOf, biasInit, dtypeParams, kernelInit, useBias } from './params.ts';

const deterministic = { mode: true, doc: 'Drop no attention weights. eval() sets it, train() clears it.' };
const decode = { mode: true, doc: 'Take one position at a time and remember keys and values in a cache.' };

/** The options of the constructor, in Flax's order. */
export const attentionParams = {
  numHeads: p.int({ min: 1, start: 4, unit: 'heads', doc: 'In how many ways positions are compared; divides the features.' }),
  inFeatures: p.int({ min: 1, from: axisOf('q'), unit: 'features', doc: 'Length of the last axis of the queries.' }),
  qkvFeatures: p.int.nullable({ min: 1, unit: 'features', doc: 'Width of all heads together; none given means inFeatures.' }),
  outFeatures: p.int.nullable({ min: 1, unit: 'features', doc: 'Length of the last axis of the output; none given means inFeatures.' }),
  numKvHeads: p.int.nullable({
    min: 1,
    unit: 'heads',
    doc: 'Heads of keys and values, each shared by several of the queries; none given means numHeads.',
  }),
  inKvFeatures: p.int.nullable({
    min: 1,
    from: axisOf('k'),
    unit: 'features',
    doc: 'Length of the last axis of keys and values; none given means inFeatures.',
  }),
  ...dtypeParams,
  broadcastDropout: p.bool({ default: true, advanced: true, doc: 'Drop the same weights in all examples and heads.' }),
  dropoutRate: p.float({ default: 0, min: 0, max: 1, step: 0.05, doc: 'Share of the attention weights that are dropped in training.' }),
  deterministic: p.bool.nullable(deterministic),
  kernelInit,
  outKernelInit: p.initializer.nullable({ advanced: true, doc: 'How the kernel of the output starts; none given means kernelInit.' }),
  biasInit,
  outBiasInit: p.initializer.nullable({ advanced: true, doc: 'How the bias of the output starts; none given means biasInit.' }),
  useBias,
  decode: p.bool.nullable(decode),
  normalizeQk: p.bool({ default: false, doc: 'Normalize queries and keys, which steadies training.' }),
  keepRngs: p.bool({ default: true, advanced: true, doc: 'Keep a stream of random numbers for dropout.' }),
};

/**
 * The same for documents, with what belongs to the call. Flax leaves both modes unset and then fails at the first call;
 * here they start as false, and code always writes them.
 */
export const attentionDescriptorParams = {
  ...attentionParams,
  deterministic: p.bool({ default: false, ...deterministic }),
  decode: p.bool({ default: false, ...decode }),
  isCausal: p.bool({ default: false, doc: 'Let each position see only itself and those before it.' }),
  sowWeights: p.bool({ default: false, doc: "Sow the attention weights as 'attentionWeights', to look at after a run." }),
};

type Args = ArgsOf<typeof attentionDescriptorParams>;

/** The shape of the output; rejects inputs and arguments that do not fit. */
export function inferMultiHead({ q, k, v, mask }: SpecsByPort, args: Args): SpecsByPort {
  const { numHeads, inFeatures, numKvHeads, isCausal: _isCausal } = args;
  const qkvFeatures = args.qkvFeatures ?? inFeatures;
  if (qkvFeatures % numHeads !== 0) {
    reject({
      code: 'param/heads',
      param: 'numHeads',
      expected: `a number of heads that divides ${qkvFeatures} features`,
      got: `${numHeads}`,
      fix: 'Choose a divisor, or set qkvFeatures to a multiple of it.',
      mends: [setTo('numHeads', divisorUpTo(numHeads, qkvFeatures))],
    });
  }
  if (numKvHeads !== null && numHeads % numKvHeads !== 0) {
    reject({
      code: 'param/heads',
      param: 'numKvHeads',
      expected: `a number that divides ${numHeads} heads`,
      got: `${numKvHeads}`,
      fix: 'Choose a divisor of numHeads.',
      mends: [setTo('numKvHeads', divisorUpTo(numKvHeads, numHeads))],
    });
  }
  for (const [port, spec] of Object.entries({ q, k, v })) {
    if (!spec) continue;
    requireDtype(port, spec, ['float32', 'int32']);
    requireRank(port, spec, { min: 2 });
  }
  requireAxis('q', q!, -1, inFeatures, 'inFeatures');
  const keys = k ?? q!;
  const values = v ?? keys;
  for (const [port, spec] of [
    ['k', keys],
    ['v', values],
  ] as const)
    requireAxis(port, spec, -1, args.inKvFeatures ?? inFeatures, 'inKvFeatures');
  const batch = q!.shape.slice(0, -2);
  const [keyBatch, valueBatch] = [keys, values].map(({ shape }) => formatShape(shape.slice(0, -1)));
  if (formatShape(keys.shape.slice(0, -2)) !== formatShape(batch) || keyBatch !== valueBatch) {
    reject({
      code: 'shape/attention',
      port: 'k',
      expected: 'queries, keys and values with the same batch axes, and a value for each key',
      got: [q!, keys, values].map(({ shape }) => formatShape(shape)).join(', '),
      fix: 'Wire inputs [batch…, length, features] of one batch.',
    });
  }
  const logits = [...batch, numHeads, q!.shape.at(-2)!, keys.shape.at(-2)!];
  if (mask && !fitsLogits(mask.shape, logits)) {
    reject({
      code: 'shape/broadcast',
      port: 'mask',
      expected: `a shape that broadcasts to ${formatShape(logits)} on mask`,
      got: formatShape(mask.shape),
      fix: 'Its axes are batch, heads, queries, keys; a length of 1 stretches.',
    });
  }
  return { y: { shape: [...q!.shape.slice(0, -1), args.outFeatures ?? inFeatures], dtype: 'float32' } };
}

/** Four projections, and for each query a product with every key and one with every value. */
export function multiHeadCost({ inputs, outputs }: KnownShapes, args: Args): CallCost {
  const { q, k = q, v = k } = inputs as Record<'q', readonly number[]> & Partial<Record<'k' | 'v', readonly number[]>>;
  const width = args.qkvFeatures ?? args.inFeatures;
  const narrow = (width / args.numHeads) * (args.numKvHeads ?? args.numHeads);
  const queries = elements(q.slice(0, -1));
  const [keys, values] = [elements(k.slice(0, -1)), elements(v.slice(0, -1))];
  const seen = k.at(-2)!;
  const projections = elements(q) * width + (elements(k) + elements(v)) * narrow + elements(outputs['y']!) * width;
  return {
    multiplyAdds: projections + 2 * queries * seen * width,
    // Queries, keys, values, what they are mixed to, and the weights before and after the softmax.
    kept: 2 * queries * width + (keys + values) * narrow + 2 * queries * args.numHeads * seen,
  };
}

/** In Flax, too, the causal mask takes the one query of a decoding step for the first of the sequence: it sees the first key only. */
export function warnOfCausalDecode({ decode, isCausal }: Args): Rejection | null {
  if (!decode || !isCausal) return null;
  return {
    code: 'param/causal-decode',
    param: 'isCausal',
    expected: 'isCausal off while decoding',
    got: 'both, under which every query sees the first key only',
    fix: 'Switch isCausal off: decoding hides what has not come yet in any case.',
    mends: [setTo('isCausal', false)],
  };
}

/** What belongs to the call stands in the call; the modes are always written, since Flax has no default for them. */
export const emitAttention: LayerEmitter = {
  construct: (context: EmitContext) => {
    const drop = ['isCausal', 'sowWeights', 'decode', 'deterministic'];
    const modes = [`decode=${context.source('decode')}`];
    if ((context.args['dropoutRate'] as number) > 0) modes.unshift(`deterministic=${context.source('deterministic')}`);
    return `nnx.MultiHeadAttention(${modesBeforeRngs(context.kwargs({ positional: ['numHeads', 'inFeatures'], drop }), modes)})`;
  },
  call: (member, { q, k, v, mask }, { args, captured }) => {
    const options = [
      mask && `mask=${mask}`,
      args['isCausal'] === true && 'is_causal=True',
      args['sowWeights'] === true && `sow_weights=${captured()}`,
    ];
    const keys = k ?? (v ? q : undefined);
    return `${member}(${[q, keys, v, ...options].filter(Boolean).join(', ')})`;
  },
};

/** `rngs=rngs` stays last. */
function modesBeforeRngs(kwargs: string, modes: readonly string[]): string {
  const rngs = ', rngs=rngs';
  return kwargs.endsWith(rngs) ? [kwargs.slice(0, -rngs.length), ...modes].join(', ') + rngs : [kwargs, ...modes].join(', ');
}

/** The same in TypeScript. */
export const typescriptAttention: TypeScriptLayer = {
  construct: (context) => {
    const always = ['decode', ...((context.args['dropoutRate'] as number) > 0 ? ['deterministic'] : [])];
    return `new ${context.use('MultiHeadAttention')}(${context.options({ drop: ['isCausal', 'sowWeights'], always })})`;
  },
  call: (member, { q, k, v, mask }, { args, captured }) => {
    const options = [
      mask && (mask === 'mask' ? mask : `mask: ${mask}`),
      args['isCausal'] === true && 'isCausal: true',
      args['sowWeights'] === true && `sowWeights: ${captured()}`,
    ].filter(Boolean);
    if (options.length === 0) return `${member}.call(${[q, ...(v ? [k ?? 'null', v] : k ? [k] : [])].join(', ')})`;
    return `${member}.call(${q}, ${k ?? 'null'}, ${v ?? 'null'}, { ${options.join(', ')} })`;
  },
};
