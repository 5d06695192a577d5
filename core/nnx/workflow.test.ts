import { expect, it } from 'vitest';
import { tf } from '../tensor/tf.ts';
import { capture } from './capture.ts';
import { grad } from './grad.ts';
import { iterModules, Module } from './module.ts';
import { Rngs } from './rngs.ts';
import { Intermediate, Param, Perturbation } from './variable.ts';

class Seed extends Module {
  call(x: tf.Tensor): tf.Tensor {
    const x2 = this.perturb('gradOfX', x);
    this.sow(Intermediate, 'activations', x2);
    return tf.mul(3, x2);
  }
}

it('PWF-003', () => {
  const before = tf.memory().numTensors;
  const model = new Seed();
  const x = tf.scalar(1);
  const [y, perturbations] = capture(model, [Perturbation])(x);
  y.dispose();
  const loss = (model: Seed, p: typeof perturbations, x: tf.Tensor) => capture(model, [Intermediate], { init: p })(x);
  const [[grads, pgrads], sowed] = grad(loss, { argnums: [0, 1], hasAux: true })(model, perturbations, x);
  expect(grads.size).toBe(0);
  expect(pgrads.leaf('gradOfX').value.dataSync()[0]).toBe(3);
  expect(sowed.leaf('activations').value[0]!.dataSync()[0]).toBe(1);
  perturbations.dispose();
  pgrads.dispose();
  sowed.dispose();
  x.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

class Lin extends Module {
  kernel: Param;
  constructor(rngs: Rngs) {
    super();
    this.kernel = new Param(tf.mul(tf.ones([2, 3]), rngs.params().data[1] / 2 ** 32));
  }
  call(x: tf.Tensor): tf.Tensor {
    return tf.matMul(x as tf.Tensor2D, this.kernel.value as tf.Tensor2D);
  }
}
class Two extends Module {
  z: Lin;
  b: Lin;
  constructor(rngs: Rngs) {
    super();
    this.z = new Lin(rngs);
    this.b = new Lin(rngs);
  }
}
it('iterates', () => {
  const m = new Two(new Rngs(0));
  expect([...iterModules(m)].map(([p, x]) => [p.join('/'), x.constructor.name])).toEqual([
    ['b', 'Lin'],
    ['z', 'Lin'],
    ['', 'Two'],
  ]);
  const g = grad((m: Two) => tf.sum(m.z.call(tf.ones([1, 2]))))(m);
  expect(g.toJSON()).toEqual({ b: { kernel: 'Param float32[2, 3]' }, z: { kernel: 'Param float32[2, 3]' } });
  g.dispose();
});
