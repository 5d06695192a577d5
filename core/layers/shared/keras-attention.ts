/** @file MultiHeadAttention as Keras has it, and what it lacks: normalized queries and keys. */
import { floatSource, kerasOps, needSpec } from '../../ops/shared/keras.ts';
import { kerasGap, type KerasContext, type KerasDefinition, type KerasLayer } from '../../spec/emit-keras.ts';
import type { Args } from '../../spec/params.ts';

const NORMALIZED: KerasDefinition = {
  name: 'NormalizedAttention',
  source: `
class NormalizedAttention(layers.Layer):
    """Attention with several heads whose queries and keys are normalized."""

    def __init__(
        self,
        num_heads,
        key_dim,
        units,
        *,
        num_key_value_heads=None,
        use_bias=True,
        kernel_initializer='lecun_normal',
        bias_initializer='zeros',
    ):
        super().__init__()
        num_key_value_heads = num_key_value_heads or num_heads

        def project(equation, heads):
            return layers.EinsumDense(
                equation,
                output_shape=(None, heads, key_dim),
                bias_axes='hd' if use_bias else None,
                kernel_initializer=kernel_initializer,
                bias_initializer=bias_initializer,
            )

        self.query = project('btf,fhd->bthd', num_heads)
        self.key = project('btf,fhd->bthd', num_key_value_heads)
        self.value = project('btf,fhd->bthd', num_key_value_heads)
        self.query_ln = layers.LayerNormalization(epsilon=1e-6, center=False)
        self.key_ln = layers.LayerNormalization(epsilon=1e-6, center=False)
        self.out = layers.EinsumDense(
            'bthd,hdf->btf',
            output_shape=(None, units),
            bias_axes='f' if use_bias else None,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
        )
        self.repeats = num_heads // num_key_value_heads

    def call(self, query, value, key=None, attention_mask=None, use_causal_mask=False):
        key = value if key is None else key
        query = self.query_ln(self.query(query))
        key = ops.repeat(self.key_ln(self.key(key)), self.repeats, axis=2)
        value = ops.repeat(self.value(value), self.repeats, axis=2)
        mixed = ops.dot_product_attention(
            query, key, value, mask=attention_mask, is_causal=use_causal_mask
        )
        return self.out(mixed)
`,
};

const isNormalized = (args: Args): boolean => args['normalizeQk'] === true;
const isGrouped = (args: Args): boolean => args['numKvHeads'] !== null && args['numKvHeads'] !== args['numHeads'];

/** The width of a head. */
function headWidth(context: KerasContext): string {
  const { args } = context;
  const [width, heads] = [args['qkvFeatures'] === null ? 'inFeatures' : 'qkvFeatures', 'numHeads'].map((name) => context.source(name)) as [
    string,
    string,
  ];
  const isKnown = /^\d+$/.test(width) && /^\d+$/.test(heads);
  return isKnown
    ? String(Number(width) / Number(heads))
    : `${/^\w+$/.test(width) ? width : `(${width})`} // ${/^\w+$/.test(heads) ? heads : `(${heads})`}`;
}

const NAMED = { useBias: 'use_bias', kernelInit: 'kernel_initializer', biasInit: 'bias_initializer' };

export const kerasAttention: KerasLayer = {
  construct: (context) => {
    const { args } = context;
    if (args['outKernelInit'] !== null || args['outBiasInit'] !== null) kerasGap('Attention of Keras starts all its kernels alike.');
    const heads = context.source('numHeads');
    const width = headWidth(context);
    const own = context.kwargs({ named: NAMED, always: ['kernelInit'] });
    const isWider = args['outFeatures'] !== null && args['outFeatures'] !== args['inFeatures'];
    if (isNormalized(args)) {
      if (args['dropoutRate'] !== 0) kerasGap('Attention of Keras with normalized queries has no dropout.');
      const units = context.source(args['outFeatures'] === null ? 'inFeatures' : 'outFeatures');
      return `NormalizedAttention(${[heads, width, units, isGrouped(args) ? `num_key_value_heads=${context.source('numKvHeads')}` : '', own].filter(Boolean).join(', ')})`;
    }
    const dropout = context.kwargs({ named: { dropoutRate: 'dropout' } });
    if (!isGrouped(args)) {
      const shape = isWider ? `output_shape=${context.source('outFeatures')}` : '';
      return `layers.MultiHeadAttention(${[heads, width, dropout, shape, own].filter(Boolean).join(', ')})`;
    }
    if (isWider) kerasGap('Attention of Keras with shared heads gives as many features as come in.');
    return `layers.GroupQueryAttention(${[width, heads, context.source('numKvHeads'), dropout, own].filter(Boolean).join(', ')})`;
  },
  definitions: (args) => (isNormalized(args) ? [NORMALIZED] : []),
  weights: (args) => {
    if (isNormalized(args)) return [{ type: 'layers.LayerNormalization', names: { scale: 'gamma', bias: 'beta' } }];
    const [type, prefix] = isGrouped(args) ? ['layers.GroupQueryAttention', '_'] : ['layers.MultiHeadAttention', ''];
    const names = { query: 'query_dense', key: 'key_dense', value: 'value_dense', out: 'output_dense' };
    return [{ type, names: Object.fromEntries(Object.entries(names).map(([name, to]) => [name, prefix + to])) }];
  },
  call: (member, { q, k, v, mask }, context) => {
    for (const port of ['q', 'k', 'v'])
      if ((port === 'q' || context.spec(port)) && needSpec(context, port).shape.length !== 3)
        kerasGap('Attention of Keras takes exactly one batch axis.');
    const query = floatSource(q!, context, 'q');
    const key = k === undefined ? query : floatSource(k, context, 'k');
    const value = v === undefined ? key : floatSource(v, context, 'v');
    const options = [
      key === value ? '' : `key=${key}`,
      mask === undefined ? '' : `attention_mask=${maskSource(mask, context)}`,
      context.args['isCausal'] === true ? 'use_causal_mask=True' : '',
      context.args['dropoutRate'] === 0 ? '' : `training=${context.training}`,
    ].filter(Boolean);
    return `${member}(${[query, value, ...options].join(', ')})`;
  },
};

/** As truth values with all four axes. */
function maskSource(mask: string, context: KerasContext): string {
  const { shape, dtype } = needSpec(context, 'mask');
  const truth = dtype === 'bool' ? mask : kerasOps(context, 'cast', mask, "'bool'");
  if (shape.length > 4) return kerasGap('A mask of Keras has at most four axes.');
  return shape.length === 4 ? truth : `${truth}[${'None, '.repeat(4 - shape.length)}...]`;
}
