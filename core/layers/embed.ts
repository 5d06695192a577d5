/** @file Embed: a learned vector for each of a fixed number of ids. Port of nnx.Embed. */
import { ValueError } from '../nnx/errors.ts';
import { Module } from '../nnx/module.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, elements, p, port, requireAxis, requireDtype, requireRank, withLast } from '../spec/index.ts';
import { take } from '../tensor/take.ts';
import { tf } from '../tensor/tf.ts';
import { draw, toParam } from './shared/initialize.ts';
import { checkLastAxis, toFloat, toTensor, type Input } from './shared/input.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { dtypeParams } from './shared/params.ts';
import { floatSource, kerasOps } from '../ops/shared/keras.ts';
import { operand, pythonPower } from '../ops/shared/python.ts';

/** Normal with variance 1/features: fan-in counts the features, since ids have no fan. */
const EMBEDDING_INIT = { name: 'varianceScaling', scale: 1, mode: 'fan_in', distribution: 'normal', outAxis: 0 };

const params = {
  numEmbeddings: p.int({ min: 1, start: 100, unit: 'ids', doc: 'How many different ids there are: 0 to this minus 1.' }),
  features: p.int({ min: 1, start: 32, unit: 'features', doc: 'Length of the vector of each id.' }),
  embeddingInit: p.initializer({ default: EMBEDDING_INIT, doc: 'How the vectors start.' }),
  ...dtypeParams,
};

export type EmbedOptions = LayerOptions<typeof params> & WithRngs;

/** Looks up rows of a learned table. Variable: embedding (numEmbeddings, features). What an id is given twice adds up in the gradient. */
export class Embed extends Module {
  static override readonly typeName: string = 'Embed';
  readonly embedding: Param;
  readonly numEmbeddings: number;
  readonly features: number;
  readonly dtype: string;
  readonly paramDtype: string;

  constructor(options: EmbedOptions) {
    super();
    const args = readOptions('Embed', params, options);
    this.embedding = toParam(draw(options.rngs, args.embeddingInit, [args.numEmbeddings, args.features]));
    this.numEmbeddings = args.numEmbeddings;
    this.features = args.features;
    this.dtype = args.dtype ?? args.paramDtype;
    this.paramDtype = args.paramDtype;
  }

  /**
   * int32 ids `(…)` to vectors `(…, features)`. Negative ids count from the end; one that does not exist gives a row of NaN,
   * unless there is only one row, which every id then gives. The caller disposes the result.
   * @throws ValueError if the ids are no integers, floats that happen to be whole included: tensors say what they hold.
   */
  call(input: Input): tf.Tensor {
    return tf.tidy(() => {
      const ids = toIds(input);
      const table = this.embedding.value;
      if (this.numEmbeddings === 1) return tf.broadcastTo(tf.reshape(table, [this.features]), [...ids.shape, this.features]);
      return take(table, ids);
    });
  }

  /** The dot product of each query with each row: `(…, features)` to `(…, numEmbeddings)`. The caller disposes the result. */
  attend(query: Input): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(query);
      checkLastAxis('Embed', x, this.features, 'features');
      const rows = tf.reshape(x, [x.size / this.features, this.features]);
      return tf.reshape(tf.matMul(rows, this.embedding.value, false, true), [...x.shape.slice(0, -1), this.numEmbeddings]);
    });
  }
}

/** Lists hold numbers of any kind: those that are whole are ids. @throws ValueError for others. */
function toIds(input: Input): tf.Tensor {
  const given = toTensor(input);
  if (given.dtype === 'int32') return given;
  const isList = !(input instanceof tf.Tensor) && given.dtype === 'float32';
  if (isList && given.dataSync().every((id) => Number.isInteger(id))) return tf.cast(given, 'int32');
  throw new ValueError(
    `Input type must be an integer or unsigned integer, got ${given.dtype}. Convert the ids with tf.cast(ids, 'int32').`,
  );
}

export const embedLayer = defineLayer({
  type: 'Embed',
  family: 'embedding',
  doc: 'Gives each id its own learned vector.',
  keywords: ['embedding', 'lookup table', 'token', 'word vectors', 'nn.Embedding'],
  params,
  inputs: { ids: port({ dtype: 'int32', doc: 'Integers from 0 to numEmbeddings − 1.' }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ ids }, { features }) => {
    requireDtype('ids', ids!, ['int32']);
    return { y: { shape: [...ids!.shape, features], dtype: 'float32' } };
  },
  make: (args, { rngs }) => new Embed({ ...args, rngs }),
  emit: {
    keras: {
      construct: (context) => {
        const isDefault = JSON.stringify(context.args['embeddingInit']) === JSON.stringify(EMBEDDING_INIT);
        const normal = `embeddings_initializer=keras.initializers.RandomNormal(stddev=${pythonPower(operand(context.source('features')), '-0.5')})`;
        const sizes = context.kwargs({ positional: ['numEmbeddings', 'features'] });
        return `layers.Embedding(${sizes}, ${isDefault ? normal : context.kwargs({ named: { embeddingInit: 'embeddings_initializer' } })})`;
      },
      input: () => '(None,)',
      weights: () => [{ type: 'layers.Embedding', names: { embedding: 'embeddings' } }],
      methods: {
        attend: (member, { query }, context) =>
          kerasOps(context, 'matmul', floatSource(query!, context, 'query'), kerasOps(context, 'transpose', `${member}.embeddings`)),
      },
    },
    pytorch: {
      construct: ({ source }) => `nn.Embedding(${source('numEmbeddings')}, ${source('features')})`,
      methods: { attend: (member, [query]) => `F.linear(${query}, ${member}.weight)` },
      weights: [{ of: 'nn.Embedding', tensors: { weight: { flax: 'embedding' } } }],
    },
    flax: construct('nnx.Embed', { positional: ['numEmbeddings', 'features'] }),
  },
  methods: {
    attend: {
      doc: 'The dot product of each query with the vector of each id: a decoder with the weights of the table.',
      inputs: { query: port({ minRank: 1, doc: 'Vectors of `features` numbers on the last axis.' }) },
      outputs: { y: port() },
      infer: ({ query }, { features, numEmbeddings }) => {
        requireDtype('query', query!, ['float32', 'int32']);
        requireRank('query', query!, { min: 1 });
        requireAxis('query', query!, -1, features, 'features');
        return { y: { shape: withLast(query!.shape, numEmbeddings), dtype: 'float32' } };
      },
      cost: ({ outputs }, { features }) => ({ multiplyAdds: elements(outputs['y']!) * features }),
      onnx: ({ query }, { node, cast, weight }) => node('MatMul', [cast(query!, 'float32'), weight('embedding', { order: [1, 0] })]),
    },
  },
  onnx: ({ ids }, { args, node, constant, weight }) => {
    // Of one row every id gives the row.
    const places = args['numEmbeddings'] === 1 ? node('Mul', [ids!.name, constant(0, 'int32')]) : ids!.name;
    return node('Gather', [weight('embedding'), places], { axis: 0 });
  },
  examples: [
    { args: { numEmbeddings: 5, features: 3 }, inputs: { ids: { shape: [2, 4], dtype: 'int32', below: 5 } } },
    { args: { numEmbeddings: 4, features: 2 }, inputs: { ids: { shape: [3], dtype: 'int32', below: 4 } } },
  ],
});
