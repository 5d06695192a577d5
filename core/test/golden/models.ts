/** @file The reference models of the golden plan, section 5. Twin of flow_models.py. */
import { Dropout } from '../../layers/dropout.ts';
import { BatchNorm } from '../../layers/batch-norm.ts';
import { Linear } from '../../layers/linear.ts';
import { MultiHeadAttention } from '../../layers/multi-head-attention.ts';
import { weighted } from '../../fixtures/formula.ts';
import { List } from '../../nnx/list.ts';
import { Module } from '../../nnx/module.ts';
import { data } from '../../nnx/pytree.ts';
import { Rngs } from '../../nnx/rngs.ts';
import { Intermediate } from '../../nnx/variable.ts';
import { tf } from '../../tensor/tf.ts';

class SeedModel extends Module {
  call(x: tf.Tensor): tf.Tensor {
    const x2 = this.perturb('gradOfX', x);
    this.sow(Intermediate, 'activations', x2);
    return tf.mul(x2, 3);
  }
}

class PertMLP extends Module {
  first: Linear;
  second: Linear;
  constructor(din: number, dh: number, dout: number) {
    super();
    const rngs = new Rngs(0);
    this.first = new Linear({ inFeatures: din, outFeatures: dh, rngs });
    this.second = new Linear({ inFeatures: dh, outFeatures: dout, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    const h = this.perturb('hidden', this.first.call(x));
    const a = tf.tanh(h);
    this.sow(Intermediate, 'act', a);
    const y = this.perturb('logits', this.second.call(a));
    const options = { initFn: () => tf.scalar(0), reduceFn: (sum: tf.Tensor, value: tf.Tensor) => tf.add(sum, value) };
    this.sow(Intermediate, 'sum', tf.sum(y), options as never);
    return weighted([y]);
  }
}

class PertBlock extends Module {
  static override readonly typeName: string = 'PertBlock';
  lin: Linear;
  constructor(d: number) {
    super();
    this.lin = new Linear({ inFeatures: d, outFeatures: d, rngs: new Rngs(0) });
  }
  call(x: tf.Tensor): tf.Tensor {
    const y = this.perturb('pre', this.lin.call(x));
    this.sow(Intermediate, 'out', y);
    return tf.tanh(y);
  }
}

class SharedPert extends Module {
  block: PertBlock;
  again: PertBlock;
  constructor(d: number) {
    super();
    this.block = new PertBlock(d);
    this.again = this.block;
  }
  call(x: tf.Tensor): tf.Tensor {
    return weighted([this.again.call(this.block.call(this.block.call(x)))]);
  }
}

class Scale3 extends Module {
  call(x: tf.Tensor): tf.Tensor {
    const y = tf.mul(this.perturb('gradOfX', x), 3);
    this.sow(Intermediate, 'y', y);
    return y;
  }
}

class ListPert extends Module {
  foos: List<Scale3>;
  extra: Readonly<Record<string, Scale3>>;
  constructor(n: number) {
    super();
    this.foos = new List(Array.from({ length: n }, () => new Scale3()));
    this.extra = data({ tail: new Scale3() });
  }
  call(x: tf.Tensor): tf.Tensor {
    let y = x;
    for (const foo of this.foos) y = foo.call(y);
    return this.extra['tail']!.call(y);
  }
}

class Inner extends Module {
  lin: Linear;
  constructor(d: number) {
    super();
    this.lin = new Linear({ inFeatures: d, outFeatures: d, rngs: new Rngs(0) });
  }
  call(x: tf.Tensor): tf.Tensor {
    return this.lin.call(x);
  }
  process(x: tf.Tensor): tf.Tensor {
    return this._hidden(tf.tanh(x));
  }
  _hidden(x: tf.Tensor): tf.Tensor {
    return tf.mul(x, 2);
  }
}

class MethodNet extends Module {
  a: Inner;
  b: Inner;
  constructor(d: number) {
    super();
    this.a = new Inner(d);
    this.b = new Inner(d);
  }
  features(x: tf.Tensor): tf.Tensor {
    return this.b.process(this.a.call(this.a.call(x)));
  }
  call(x: tf.Tensor): tf.Tensor {
    return tf.sum(this.features(x));
  }
}

class BNPert extends Module {
  lin: Linear;
  bn: BatchNorm;
  constructor(din: number, d: number) {
    super();
    const rngs = new Rngs(0);
    this.lin = new Linear({ inFeatures: din, outFeatures: d, rngs });
    this.bn = new BatchNorm({ numFeatures: d, momentum: 0.5, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    const n = this.bn.call(this.perturb('h', this.lin.call(x)));
    this.sow(Intermediate, 'norm', n);
    return weighted([tf.tanh(n)]);
  }
}

class Sub extends Module {
  static override readonly typeName: string = 'Sub';
  linear1: Linear;
  linear2: Linear;
  constructor(d: number) {
    super();
    const rngs = new Rngs(0);
    this.linear1 = new Linear({ inFeatures: d, outFeatures: d, rngs });
    this.linear2 = new Linear({ inFeatures: d, outFeatures: d, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    return this.linear2.call(tf.relu(this.linear1.call(x)));
  }
}

/** Its attention is never called: it is there for its modes. */
export class ViewNet extends Module {
  static override readonly typeName: string = 'ViewNet';
  linear: Linear;
  submodule: Sub;
  dropout: Dropout;
  batchNorm: BatchNorm;
  mha: MultiHeadAttention;
  constructor(din: number, d: number) {
    super();
    const rngs = new Rngs(0);
    this.linear = new Linear({ inFeatures: din, outFeatures: d, rngs });
    this.submodule = new Sub(d);
    this.dropout = new Dropout({ rate: 0 });
    this.batchNorm = new BatchNorm({ numFeatures: d, rngs });
    this.mha = new MultiHeadAttention({ numHeads: 1, inFeatures: d, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    return this.dropout.call(this.batchNorm.call(this.submodule.call(this.linear.call(x))));
  }
}

/** A model that is called with one tensor. */
export type Model = Module & { call(x: tf.Tensor): tf.Tensor };

/** The models by their names in the plan. */
export const MODELS: Readonly<Record<string, new (...sizes: never[]) => Model>> = {
  SeedModel,
  PertMLP,
  SharedPert,
  ListPert,
  MethodNet,
  BNPert,
  ViewNet,
};
