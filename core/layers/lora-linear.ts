/** @file LoRALinear: a Linear with a low-rank change beside it. Port of nnx.LoRALinear. */
import { linearOnnx, loraOnnx } from './shared/linear-onnx.ts';
import { dispose } from '../nnx/dispose.ts';
import { construct, defineLayer, elements, port } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { Linear, linearLayer } from './linear.ts';
import { LORA, LoRA } from './lora.ts';
import type { Input } from './shared/input.ts';
import { loraParams, type LoRAParamType } from './shared/lora-params.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { biasInit, dtypeParams, inFeatures, kernelInit, outFeatures, useBias } from './shared/params.ts';
import { LINEAR_WEIGHTS, floatOf } from './shared/pytorch.ts';
import type { TorchDefinition } from '../spec/emit-pytorch.ts';
import { callOnRows, KERNEL } from './shared/keras.ts';
import { LOW_RANK, loraDefinition, loraLinearDefinition } from './shared/keras-lora.ts';

const params = {
  inFeatures,
  outFeatures,
  ...loraParams,
  loraDtype: { ...dtypeParams.dtype, doc: 'Type of number of the change in exported code. Here it runs in float32.' },
  loraParamDtype: { ...dtypeParams.paramDtype, doc: 'Type of number of the two matrices in exported code. Here they are float32.' },
  useBias,
  kernelInit,
  biasInit,
  ...dtypeParams,
};

export type LoRALinearOptions = LayerOptions<typeof params> & WithRngs & { readonly loraParamType?: LoRAParamType };

/**
 * Linear(x) + x · a · b. Variables: kernel, bias as in Linear; lora/loraA, lora/loraB as in LoRA, of type LoRAParam. Draws kernel, bias, a
 * and b, so that it starts as the Linear of the same seed; kernel and bias keep Linear's paths. To train the change alone, differentiate by
 * `new DiffState(0, LoRAParam)`.
 */
export class LoRALinear extends Linear {
  static override readonly typeName: string = 'LoRALinear';
  readonly lora: LoRA;

  constructor(options: LoRALinearOptions) {
    const args = readOptions('LoRALinear', params, options, ['rngs', 'loraParamType']);
    const { rngs } = options;
    const { loraRank, loraDtype, loraParamDtype, aInitializer, bInitializer, ...linear } = args;
    super({ ...linear, rngs });
    const { inFeatures, outFeatures } = args;
    const type = options.loraParamType ? { loraParamType: options.loraParamType } : {};
    try {
      this.lora = new LoRA({
        inFeatures,
        loraRank,
        outFeatures,
        aInitializer,
        bInitializer,
        dtype: loraDtype,
        paramDtype: loraParamDtype,
        rngs,
        ...type,
      });
    } catch (error) {
      // Kernel and bias are there already, and nobody else could free them.
      dispose(this);
      throw error;
    }
  }

  /** `(…, inFeatures)` to `(…, outFeatures)`. The caller disposes the result. @throws RejectionError for an input of another last axis. */
  override call(input: Input): tf.Tensor {
    return tf.tidy(() => tf.add(super.call(input), this.lora.call(input)));
  }
}

const LORA_LINEAR: TorchDefinition = {
  name: 'LoRALinear',
  needs: [LORA],
  source: `class LoRALinear(nn.Linear):
    """A linear layer with a change of low rank beside it."""

    def __init__(self, in_features: int, out_features: int, rank: int, bias: bool = True) -> None:
        super().__init__(in_features, out_features, bias)
        self.lora = LoRA(in_features, rank, out_features)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x) + self.lora(x)`,
};

export const loraLinearLayer = defineLayer({
  type: 'LoRALinear',
  family: 'dense',
  doc: 'A linear layer with a low-rank change beside it, so that fine-tuning can leave the kernel alone.',
  keywords: ['low-rank adaptation', 'adapter', 'fine-tuning', 'PEFT', 'dense'],
  params,
  inputs: { x: port({ minRank: 1 }) },
  outputs: { y: port() },
  usesRngs: true,
  isComposed: true,
  infer: (inputs, args) => linearLayer.infer(inputs, args),
  cost: ({ inputs, outputs }, { inFeatures, outFeatures, loraRank }) => {
    const rows = elements(inputs['x']!) / inFeatures;
    const change = rows * loraRank * (inFeatures + outFeatures);
    // Kept beside the sum: both of its parts, and what the low rank makes.
    return { multiplyAdds: rows * inFeatures * outFeatures + change, kept: 2 * elements(outputs['y']!) + rows * loraRank };
  },
  make: (args, { rngs }) => new LoRALinear({ ...args, rngs }),
  emit: {
    keras: {
      construct: (context) =>
        `LoRALinear(${context.kwargs({ positional: ['outFeatures', 'loraRank'], named: { ...LOW_RANK, ...KERNEL }, always: ['kernelInit'] })})`,
      definitions: () => [loraDefinition, loraLinearDefinition],
      call: callOnRows,
    },
    pytorch: {
      construct: ({ source, option, define }) =>
        `${define(LORA_LINEAR)}(${['inFeatures', 'outFeatures', 'loraRank'].map(source).join(', ')}${option('bias', 'useBias', true)})`,
      call: (member, { x }, context) => `${member}(${floatOf(x!, context)})`,
      weights: [LINEAR_WEIGHTS],
    },
    flax: construct('nnx.LoRALinear', { positional: ['inFeatures', 'outFeatures'] }),
  },
  onnx: ({ x }, context) => {
    const { node, within, args } = context;
    return node('Add', [linearOnnx(x!, context), loraOnnx(x!, within('lora', args))]);
  },
  examples: [
    {
      args: { inFeatures: 3, outFeatures: 2, loraRank: 2, bInitializer: { name: 'normal', stddev: 0.5 } },
      inputs: { x: { shape: [2, 3] } },
    },
  ],
});
