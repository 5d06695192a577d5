/** @file Every example of the Flax NNX Module page, in the order of the page, with the outcomes that it prints. */
import { describe, expect, it } from 'vitest';
import { BatchNorm } from '../layers/batch-norm.ts';
import { Dropout } from '../layers/dropout.ts';
import { Linear } from '../layers/linear.ts';
import { MultiHeadAttention } from '../layers/multi-head-attention.ts';
import { leavesNothing, numbers } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { capture } from './capture.ts';
import { dispose } from './dispose.ts';
import { grad } from './grad.ts';
import { iterChildren, iterModules, Module } from './module.ts';
import { toSnakeCase } from './names.ts';
import { type Path, pathTuple } from './path.ts';
import { Rngs } from './rngs.ts';
import { mergeState } from './state-functions.ts';
import type { State } from './state.ts';
import { typeNameOf } from './type-name.ts';
import { Intermediate, Perturbation } from './variable.ts';
import { view, viewInfo, withAttributes } from './view.ts';

class SubModule extends Module {
  static override readonly typeName: string = 'SubModule';
  linear1: Linear;
  linear2: Linear;
  constructor(din: number, dout: number, rngs: Rngs) {
    super();
    this.linear1 = new Linear({ inFeatures: din, outFeatures: dout, rngs });
    this.linear2 = new Linear({ inFeatures: din, outFeatures: dout, rngs });
  }
}

class Block extends Module {
  static override readonly typeName: string = 'Block';
  linear: Linear;
  submodule: SubModule;
  dropout: Dropout;
  batchNorm: BatchNorm;
  /** With a mode given by the constructor, as some examples have it; without, with the defaults of the layers. */
  constructor(din: number, dout: number, { rngs, mode }: { rngs: Rngs; mode: boolean | undefined }) {
    super();
    this.linear = new Linear({ inFeatures: din, outFeatures: dout, rngs });
    this.submodule = new SubModule(din, dout, rngs);
    this.dropout = new Dropout(mode === undefined ? { rate: 0.5 } : { rate: 0.5, deterministic: mode });
    this.batchNorm = new BatchNorm(mode === undefined ? { numFeatures: 10, rngs } : { numFeatures: 10, useRunningAverage: mode, rngs });
  }
}

/** Makes a block, shows it, frees it, and counts tensors. */
function withBlock(show: (block: Block) => void, mode?: boolean): void {
  leavesNothing(() => {
    const block = new Block(2, 5, { rngs: new Rngs(0), mode });
    show(block);
    dispose(block);
  });
}
const modes = (block: Block) => [block.dropout.deterministic, block.batchNorm.useRunningAverage];
const inPython = (path: Path) => path.map((part) => (typeof part === 'string' ? toSnakeCase(part) : part));

describe('the Module page', () => {
  it('iterChildren lists the children of a Block', () => {
    withBlock((model) => {
      expect([...iterChildren(model)].map(([key, child]) => `${inPython([key]).join()} ${typeNameOf(child)}`)).toEqual([
        'batch_norm BatchNorm',
        'dropout Dropout',
        'linear Linear',
        'submodule SubModule',
      ]);
    });
  });

  it('iterModules lists all Modules below a Block and the Block', () => {
    withBlock((model) => {
      expect([...iterModules(model)].map(([path, module]) => `${pathTuple(inPython(path))} ${typeNameOf(module)}`)).toEqual([
        "('batch_norm',) BatchNorm",
        "('dropout',) Dropout",
        "('linear',) Linear",
        "('submodule', 'linear1') Linear",
        "('submodule', 'linear2') Linear",
        "('submodule',) SubModule",
        '() Block',
      ]);
    });
  });

  class Model extends Module {
    linear1: Linear;
    linear2: Linear;
    constructor(rngs: Rngs) {
      super();
      this.linear1 = new Linear({ inFeatures: 2, outFeatures: 3, rngs });
      this.linear2 = new Linear({ inFeatures: 3, outFeatures: 4, rngs });
    }
    call(x: tf.Tensor): tf.Tensor {
      x = this.linear1.call(x);
      x = tf.relu(x);
      return this.linear2.call(x);
    }
  }
  class SowingModel extends Model {
    override call(x: tf.Tensor): tf.Tensor {
      x = this.linear1.call(x);
      this.sow(Intermediate, 'features', x);
      return this.linear2.call(x);
    }
  }

  it('Module: a model of two Linears maps (1, 2) to (1, 4)', () => {
    leavesNothing(() => {
      const model = new Model(new Rngs(0));
      const y = tf.tidy(() => model.call(tf.ones([1, 2])));
      expect(y.shape).toEqual([1, 4]);
      y.dispose();
      dispose(model);
    });
  });

  it('eval switches Dropout and BatchNorm', () => {
    withBlock((block) => {
      expect(modes(block)).toEqual([false, false]);
      block.eval();
      expect(modes(block)).toEqual([true, true]);
    });
  });

  it('train switches them back', () => {
    withBlock((block) => {
      expect(modes(block)).toEqual([true, true]);
      block.train();
      expect(modes(block)).toEqual([false, false]);
    }, true);
  });

  it('perturb, capture, grad and mergeState give the gradient of an intermediate value', () => {
    class Perturbed extends Module {
      call(x: number): tf.Tensor {
        const x2 = this.perturb('gradOfX', x);
        return tf.mul(3, x2);
      }
    }
    leavesNothing(() => {
      const model = new Perturbed();
      const x = 1;
      // Step 1: initialise perturbations
      const forward = capture(model, [Perturbation]);
      const [y, perturbations] = forward(x);
      // Steps 2-4: capture gradients
      const trainStep = (model: Perturbed, perturbations: State<Perturbation>, x: number) => {
        const loss = (model: Perturbed, perturbations: State<Perturbation>, x: number) =>
          capture(model, [Intermediate], { init: perturbations })(x);
        const [[grads, perturbGrads], sowed] = grad(loss, { argnums: [0, 1], hasAux: true })(model, perturbations, x);
        expect(grads.size).toBe(0);
        return mergeState(perturbGrads, sowed);
      };
      const metrics = trainStep(model, perturbations, x);
      expect([...metrics.keys()]).toEqual(['gradOfX']);
      expect(numbers(metrics.leaf('gradOfX') as Perturbation)).toEqual([3]);
      y.dispose();
      perturbations.dispose();
      metrics.dispose();
    });
  });

  it('setAttributes sets attributes, of all Modules or of those that a filter selects', () => {
    withBlock((block) => {
      expect(modes(block)).toEqual([false, false]);
      block.setAttributes({ deterministic: true, useRunningAverage: true });
      expect(modes(block)).toEqual([true, true]);
    }, false);
    withBlock((block) => {
      block.setAttributes({ deterministic: true }, { only: Dropout });
      expect(modes(block)).toEqual([true, false]);
    }, false);
  });

  it('sow stores intermediate values for capture', () => {
    leavesNothing(() => {
      const model = new SowingModel(new Rngs(0));
      const x = tf.ones([2]);
      const forward = capture([Intermediate])((model: SowingModel, x: tf.Tensor) => model.call(x));
      const [result, intermediates] = forward(model, x);
      expect(intermediates.has('features')).toBe(true);
      expect(intermediates.leaf('features').value[0]!.shape).toEqual([3]);
      expect(result.shape).toEqual([4]);
      tf.dispose([x, result]);
      intermediates.dispose();
      dispose(model);
    });
  });

  it('sow takes functions for the first value and for combining', () => {
    class Summing extends Module {
      linear: Linear;
      constructor(rngs: Rngs) {
        super();
        this.linear = new Linear({ inFeatures: 2, outFeatures: 3, rngs });
      }
      call(x: tf.Tensor): tf.Tensor {
        x = this.linear.call(x);
        this.sow(Intermediate, 'sum', x, {
          initFn: () => 0,
          reduceFn: (previous: tf.Tensor | number, current: tf.Tensor) => tf.add(previous, current),
        });
        return x;
      }
    }
    leavesNothing(() => {
      const model = new Summing(new Rngs(0));
      const x = tf.ones([1, 2]);
      const twice = (model: Summing, x: tf.Tensor) => [model.call(x), model.call(x)];
      const [[first, second], intermediates] = capture(twice, [Intermediate])(model, x);
      const sum = intermediates.leaf('sum') as unknown as Perturbation;
      expect(numbers(sum)).toEqual(numbers(first!).map((value) => Math.fround(value * 2)));
      tf.dispose([x, first!, second!]);
      intermediates.dispose();
      dispose(model);
    });
  });

  it('SVW-001 SVW-002 view makes a block in another mode and leaves the original', () => {
    withBlock((block) => {
      const newBlock = view(block, { deterministic: true, useRunningAverage: true });
      expect([modes(newBlock), modes(block)]).toEqual([
        [true, true],
        [false, false],
      ]);
      expect(modes(view(block, { deterministic: true }, { only: Dropout }))).toEqual([true, false]);
    }, false);
  });

  class CustomModel extends Module {
    mha: MultiHeadAttention;
    drop: Dropout;
    bn: BatchNorm;
    constructor({ rngs }: { rngs: Rngs }) {
      super();
      this.mha = new MultiHeadAttention({ numHeads: 4, inFeatures: 8, qkvFeatures: 32, rngs });
      this.drop = new Dropout({ rate: 0.5, rngs });
      this.bn = new BatchNorm({ numFeatures: 32, rngs });
    }
  }

  it('VIN-010 SVW-003 SVW-004 SVW-005 SVW-006 viewInfo prints the 16 lines of the page, with our names', () => {
    leavesNothing(() => {
      const model = new CustomModel({ rngs: new Rngs(0) });
      expect(viewInfo(model)).toBe(
        `
BatchNorm:
  useRunningAverage: bool | None = None
    if True, the stored batch statistics will be
    used instead of computing the batch statistics on the input.
Dropout:
  deterministic: bool | None = None
    if True, disables dropout masking.
MultiHeadAttention:
  deterministic: bool | None = None
    if True, the module is set to deterministic mode.
  decode: bool | None = None
    if True, the module is set to decode mode.
  batchSize: int | Shape | None = None
    the batch size to use for the cache.
  maxLength: int | None = None
    the max length to use for the cache.
`.trim(),
      );
      dispose(model);
    });
  });

  it('withAttributes makes a block with other attributes and leaves the original', () => {
    withBlock((block) => {
      const newBlock = withAttributes(block, { deterministic: true, useRunningAverage: true });
      expect([modes(newBlock), modes(block)]).toEqual([
        [true, true],
        [false, false],
      ]);
      expect(modes(withAttributes(block, { deterministic: true }, { only: Dropout }))).toEqual([true, false]);
    }, false);
  });
});

describe('setView of the built-in layers', () => {
  const makeAttention = () => new MultiHeadAttention({ numHeads: 2, inFeatures: 4, rngs: new Rngs(0) });

  it('SVW-003 SVW-004 MultiHeadAttention takes deterministic and decode; null leaves them', () => {
    const mha = makeAttention();
    const other = view(mha, { deterministic: true, decode: false });
    expect([other.deterministic, other.decode, mha.deterministic, mha.decode]).toEqual([true, false, null, null]);
    expect(view(other, { deterministic: null, decode: null }).deterministic).toBe(true);
    dispose(mha);
  });

  it('SVW-010 SVW-011 SVW-012 SVW-013 BUG-03 SVS-010 a view into decode mode makes the cache that is missing, where both sizes are given', () => {
    const mha = makeAttention();
    expect(mha.cachedKey).toBe(null);
    const decoding = view(mha, { decode: true, batchSize: 3, maxLength: 5 });
    expect(decoding.decode).toBe(true);
    expect(decoding.cachedKey?.shape).toEqual([3, 5, 2, 2]);
    expect(decoding.cachedValue?.shape).toEqual([3, 5, 2, 2]);
    dispose(decoding);
  });

  it('SVW-014 SVW-015 the other layers have none, and options that are not declared are unused', () => {
    withBlock((block) => {
      expect(() => view(block.linear, { deterministic: true })).toThrow(/^Unused keys/);
      expect('setView' in block.linear).toBe(false);
    });
    const mha = makeAttention();
    expect(() => view(mha, { train: true })).toThrow(/^Unused keys found in nnx\.view: \['train'\]/);
    dispose(mha);
  });

  it('VIW-003 a training view of a real BatchNorm moves the statistics of the original', () => {
    leavesNothing(() => {
      const bn = new BatchNorm({ numFeatures: 2, momentum: 0.5, useRunningAverage: true, rngs: new Rngs(0) });
      const x = tf.tensor2d([
        [2, 4],
        [4, 8],
      ]);
      view(bn, { useRunningAverage: false }).call(x).dispose();
      expect(numbers(bn.mean)).toEqual([1.5, 3]);
      dispose([bn, x]);
    });
  });
});
