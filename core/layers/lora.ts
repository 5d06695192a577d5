/** @file LoRA: a low-rank change, alone or added to another layer. Port of nnx.LoRA (arXiv:2106.09685). */
import { loraOnnx } from './shared/linear-onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import { Module } from '../nnx/module.ts';
import { LoRAParam } from '../nnx/variable.ts';
import { construct, defineLayer, elements, port, requireAxis, requireDtype, requireRank, withLast } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { draw, tensorOf } from './shared/initialize.ts';
import { checkLastAxis, toFloat, type Input } from './shared/input.ts';
import { loraParams, type LoRAParamType } from './shared/lora-params.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { dtypeParams, inFeatures, outFeatures } from './shared/params.ts';
import { floatOf } from './shared/pytorch.ts';
import type { TorchDefinition } from '../spec/emit-pytorch.ts';
import { callOnRows } from './shared/keras.ts';
import { LOW_RANK, loraDefinition } from './shared/keras-lora.ts';

const params = {
  inFeatures,
  loraRank: loraParams.loraRank,
  outFeatures,
  aInitializer: loraParams.aInitializer,
  bInitializer: loraParams.bInitializer,
  ...dtypeParams,
};

/** What is changed: a Module with `call`, or a function. */
export type BaseModule = Module | ((x: tf.Tensor, ...others: never[]) => tf.Tensor);

export type LoRAOptions = LayerOptions<typeof params> &
  WithRngs & {
    /** The layer that is changed; its result is added. */
    readonly baseModule?: BaseModule | null;
    /** The Variable type of the two matrices, by which filters tell them from the rest; LoRAParam unless given. */
    readonly loraParamType?: LoRAParamType;
  };

/**
 * x · a · b, plus the base's result where there is a base. Variables: loraA (in, rank), drawn first, and loraB (rank, out), of zeros unless
 * told otherwise, so that the base is unchanged at the start. The base keeps its own Variables, under `baseModule`.
 */
export class LoRA extends Module {
  static override readonly typeName: string = 'LoRA';
  readonly loraA: LoRAParam;
  readonly loraB: LoRAParam;
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly dtype: string | null;
  readonly paramDtype: string;
  readonly loraParamType: LoRAParamType;
  baseModule: BaseModule | null;

  constructor(options: LoRAOptions) {
    super();
    const args = readOptions('LoRA', params, options, ['rngs', 'baseModule', 'loraParamType']);
    this.inFeatures = args.inFeatures;
    this.outFeatures = args.outFeatures;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
    this.loraParamType = options.loraParamType ?? LoRAParam;
    this.baseModule = options.baseModule ?? null;
    const a = draw(options.rngs, args.aInitializer, [args.inFeatures, args.loraRank]);
    const b = draw(options.rngs, args.bInitializer, [args.loraRank, args.outFeatures]);
    this.loraA = new this.loraParamType(tensorOf(a));
    this.loraB = new this.loraParamType(tensorOf(b));
  }

  /**
   * `(…, inFeatures)` to `(…, outFeatures)`; further arguments go to the base. The caller disposes the result.
   * @throws RejectionError for an input of another last axis; ValueError if the base is neither a function nor has a `call`.
   */
  call(input: Input, ...others: unknown[]): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      checkLastAxis('LoRA', x, this.inFeatures, 'inFeatures');
      const rows = tf.reshape(x, [x.size / this.inFeatures, this.inFeatures]);
      const change = tf.matMul(tf.matMul(rows, this.loraA.value as tf.Tensor2D), this.loraB.value as tf.Tensor2D);
      const y = tf.reshape(change, [...x.shape.slice(0, -1), this.outFeatures]);
      return this.baseModule === null ? y : tf.add(y, callBase(this.baseModule, [x, ...others]));
    });
  }
}

function callBase(base: BaseModule, args: readonly unknown[]): tf.Tensor {
  // A function has a method `call` too, of another meaning.
  if (typeof base === 'function') return base(...(args as [tf.Tensor, ...never[]]));
  const { call } = base as { readonly call?: unknown };
  if (typeof call !== 'function')
    throw new ValueError('`self.base_module` must be callable. Give a Module with a `call`, a function, or none.');
  return call.apply(base, [...args]) as tf.Tensor;
}

export const LORA: TorchDefinition = {
  name: 'LoRA',
  source: `class LoRA(nn.Module):
    """A product of two narrow matrices: a change of low rank."""

    def __init__(self, in_features: int, rank: int, out_features: int) -> None:
        super().__init__()
        self.lora_a = nn.Parameter(torch.randn(in_features, rank) / in_features**0.5)
        self.lora_b = nn.Parameter(torch.zeros(rank, out_features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x @ self.lora_a @ self.lora_b`,
};

export const loraLayer = defineLayer({
  type: 'LoRA',
  family: 'dense',
  doc: 'A linear layer of low rank: few parameters that learn a change, to be added beside a layer that stays.',
  keywords: ['low-rank adaptation', 'adapter', 'fine-tuning', 'PEFT'],
  params,
  inputs: { x: port({ minRank: 1 }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ x }, args) => {
    requireDtype('x', x!, ['float32', 'int32']);
    requireRank('x', x!, { min: 1 });
    requireAxis('x', x!, -1, args.inFeatures, 'inFeatures');
    return { y: { shape: withLast(x!.shape, args.outFeatures), dtype: 'float32' } };
  },
  cost: ({ inputs }, { inFeatures, outFeatures, loraRank }) => {
    const rows = elements(inputs['x']!) / inFeatures;
    return { multiplyAdds: rows * loraRank * (inFeatures + outFeatures), kept: rows * loraRank };
  },
  make: (args, { rngs }) => new LoRA({ ...args, rngs }),
  emit: {
    keras: {
      construct: (context) => `LoRA(${context.kwargs({ positional: ['outFeatures', 'loraRank'], named: LOW_RANK })})`,
      definitions: () => [loraDefinition],
      call: callOnRows,
    },
    pytorch: {
      construct: ({ source, define }) => `${define(LORA)}(${['inFeatures', 'loraRank', 'outFeatures'].map(source).join(', ')})`,
      call: (member, { x }, context) => `${member}(${floatOf(x!, context)})`,
    },
    flax: construct('nnx.LoRA', { positional: ['inFeatures', 'loraRank', 'outFeatures'] }),
  },
  onnx: ({ x }, context) => loraOnnx(x!, context),
  examples: [
    {
      args: { inFeatures: 3, loraRank: 2, outFeatures: 4, bInitializer: { name: 'normal', stddev: 0.5 } },
      inputs: { x: { shape: [2, 3] } },
    },
  ],
});
