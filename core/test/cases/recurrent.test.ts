import { describe, expect, it } from 'vitest';
import { Bidirectional } from '../../layers/bidirectional.ts';
import { Dropout } from '../../layers/dropout.ts';
import { GRUCell } from '../../layers/gru-cell.ts';
import { LSTMCell } from '../../layers/lstm-cell.ts';
import { OptimizedLSTMCell } from '../../layers/optimized-lstm-cell.ts';
import { RNN } from '../../layers/rnn.ts';
import { flipSequences } from '../../layers/shared/sequences.ts';
import { RecurrentCell, type Step } from '../../layers/shared/recurrent-cell.ts';
import { SimpleCell } from '../../layers/simple-cell.ts';
import { capture } from '../../nnx/capture.ts';
import { type Diagnostic, onDiagnostic } from '../../nnx/diagnostics.ts';
import { dispose } from '../../nnx/dispose.ts';
import type { Filter } from '../../nnx/filter.ts';
import { grad } from '../../nnx/grad.ts';
import { iterModules } from '../../nnx/module.ts';
import { Rngs, RngState } from '../../nnx/rngs.ts';
import { state } from '../../nnx/split.ts';
import type { State } from '../../nnx/state.ts';
import { Intermediate, Param, Perturbation } from '../../nnx/variable.ts';
import { constant } from '../../random/initializers.ts';
import { registry } from '../../registry.gen.ts';
import { fillDefaults } from '../../spec/args.ts';
import { tf } from '../../tensor/tf.ts';
import { expectClose, rngs, shapeOf, using, valuesOf } from './helpers.ts';

const sizes = { inFeatures: 2, hiddenFeatures: 3 };
const paths = (module: object) =>
  state(module)
    .flat()
    .map(([path, leaf]) => `${path.join('/')} ${leaf.shape.join('x')}`);
const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));
const half = { kernelInit: constant(0.5), recurrentKernelInit: constant(0.25), biasInit: constant(0.1) };
const one = { inFeatures: 1, hiddenFeatures: 1, ...half };
const sequence = (time = 3) => tf.reshape(tf.sin(tf.range(0, 2 * time * 2)), [2, time, 2]);

describe('cells', () => {
  it('RNN-001 LSTMCell has eight Linears and its formula', () => {
    const streams = rngs();
    using(new LSTMCell({ ...sizes, rngs: streams }), (cell) => {
      expect(paths(cell)).toEqual(
        ['hf', 'hg', 'hi', 'ho']
          .flatMap((name) => [`${name}/bias 3`, `${name}/kernel 3x3`])
          .concat(['if_', 'ig', 'ii', 'io'].map((name) => `${name}/kernel 2x3`)),
      );
      expect(streams.default.count.value).toBe(12);
    });
    using(new LSTMCell({ ...one, rngs: rngs() }), (cell) => {
      const gate = sigmoid(0.5 * 2 + 0.25 * 4 + 0.1);
      const c = gate * 3 + gate * Math.tanh(0.5 * 2 + 0.25 * 4 + 0.1);
      const [[nextC, nextH], output] = cell.call([tf.tensor([[3]]), tf.tensor([[4]])], [[2]]);
      expectClose([nextC.dataSync()[0], nextH.dataSync()[0], output.dataSync()[0]], [c, gate * Math.tanh(c), gate * Math.tanh(c)]);
    });
  });

  it('RNN-002 OptimizedLSTMCell is the same in two Linears', () => {
    using(new OptimizedLSTMCell({ ...sizes, rngs: rngs() }), (cell) =>
      expect(paths(cell)).toEqual(['denseH/bias 12', 'denseH/kernel 3x12', 'denseI/kernel 2x12']),
    );
    const [plain, optimized] = [new LSTMCell({ ...one, rngs: rngs() }), new OptimizedLSTMCell({ ...one, rngs: rngs() })];
    const after = (cell: LSTMCell | OptimizedLSTMCell) => valuesOf(() => cell.call([tf.tensor([[3]]), tf.tensor([[4]])], [[2]])[1]);
    expectClose(after(optimized), after(plain));
    using([plain, optimized], () => {});
  });

  it('RNN-003 GRUCell has its formula, with a bias on the input only', () => {
    using(new GRUCell({ ...sizes, rngs: rngs() }), (cell) =>
      expect(paths(cell)).toEqual(['denseH/kernel 3x9', 'denseI/bias 9', 'denseI/kernel 2x9']),
    );
    using(new GRUCell({ ...one, rngs: rngs() }), (cell) => {
      const [x, h] = [0.5 * 2 + 0.1, 0.25 * 4];
      const gate = sigmoid(x + h);
      expectClose(
        valuesOf(() => cell.call(tf.tensor([[4]]), [[2]])[1]),
        (1 - gate) * Math.tanh(x + gate * h) + gate * 4,
      );
    });
  });

  it('RNN-003 takes every activation of Flax that maps single numbers by name, or a function', () => {
    // Recorded from nnx.GRUCell with gate_fn=nnx.softplus and activation_fn=nnx.identity.
    using(new GRUCell({ ...one, biasInit: 'zeros', gateFn: 'softplus', activationFn: 'identity', rngs: rngs() }), (cell) =>
      expectClose(
        valuesOf(() => cell.call(tf.tensor([[4]]), [[2]])[1]),
        4.9838896,
      ),
    );
    for (const activationFn of ['celu', 'hardSilu', 'logSigmoid', 'relu6', 'selu'] as const)
      using(new SimpleCell({ ...one, activationFn, rngs: rngs() }), (cell) => {
        const { apply } = registry[activationFn];
        expectClose(
          valuesOf(() => cell.call(tf.tensor([[4]]), [[-5]])[1]),
          // 0.5 · -5 + 0.1 + 0.25 · 4
          valuesOf(() => apply({ x: tf.tensor([[-1.4]]) }, fillDefaults(registry[activationFn].params, {}) as never) as tf.Tensor),
        );
      });
    expect(() => new SimpleCell({ ...one, activationFn: 'glu', rngs: rngs() })).toThrow(/activationFn to be one of tanh, sigmoid/);
  });

  it('RNN-004 SimpleCell draws the hidden part first; with residual it adds the state', () => {
    using(new SimpleCell({ ...sizes, rngs: rngs() }), (cell) =>
      expect(paths(cell)).toEqual(['denseH/kernel 3x3', 'denseI/bias 3', 'denseI/kernel 2x3']),
    );
    for (const residual of [false, true])
      using(new SimpleCell({ ...one, residual, rngs: rngs() }), (cell) => {
        expectClose(
          valuesOf(() => cell.call(tf.tensor([[4]]), [[2]])[1]),
          Math.tanh(0.5 * 2 + 0.1 + 0.25 * 4 + (residual ? 4 : 0)),
        );
      });
  });

  it('RNN-010 the carry at the start is zeros, one key per array, and needs a stream', () => {
    using(new LSTMCell({ ...sizes, rngs: rngs() }), (cell) => {
      const streams = rngs();
      const [c, h] = cell.initializeCarry([5, 2], { rngs: streams });
      expect([c.shape, h.shape, c.dataSync()[0], streams.default.count.value]).toEqual([[5, 3], [5, 3], 0, 2]);
      expect(() => cell.initializeCarry([5, 2])).toThrow(/^RNGs must be provided to initialize the cell carry\./);
      tf.dispose([c, h]);
    });
  });

  it('RNN-011 the call’s initialiser of the carry comes before the constructor’s, which is reported as deprecated', () => {
    const seen: (string | null)[] = [];
    const stop = onDiagnostic(({ code, name }) => code === 'deprecated' && seen.push(name));
    dispose(new GRUCell({ ...sizes, rngs: rngs() }));
    expect(seen).toEqual([]);
    using(new GRUCell({ ...sizes, carryInit: constant(2), rngs: rngs() }), (cell) => {
      expect(valuesOf(() => cell.initializeCarry([1, 2], { rngs: rngs() }))).toEqual([[2, 2, 2]]);
      expect(valuesOf(() => cell.initializeCarry([1, 2], { rngs: rngs(), carryInit: constant(3) }))).toEqual([[3, 3, 3]]);
    });
    stop();
    expect(seen).toEqual(['carryInit']);
  });

  it('RNN-012 keepRngs keeps a fork of the stream carry, and is reported as deprecated', () => {
    const seen: Diagnostic[] = [];
    const stop = onDiagnostic((diagnostic) => seen.push(diagnostic));
    const streams = new Rngs({ params: 0, carry: 1 });
    using(new GRUCell({ ...sizes, keepRngs: true, rngs: streams }), (cell) => {
      expect([cell.rngs?.tag, streams.carry.count.value, shapeOf(() => cell.initializeCarry([1, 2]))]).toEqual(['carry', 1, [1, 3]]);
    });
    stop();
    expect(seen.map(({ code }) => code)).toContain('deprecated');
  });

  it('free what they have made where an initialiser fails, and refuse a carry of another kind', () => {
    const fails = () => {
      throw new Error('no values');
    };
    const before = tf.memory().numTensors;
    for (const Cell of [LSTMCell, OptimizedLSTMCell, GRUCell, SimpleCell]) {
      expect(() => new Cell({ ...sizes, recurrentKernelInit: fails, rngs: rngs() })).toThrow('no values');
      expect(() => new Cell({ ...sizes, biasInit: fails, rngs: rngs() })).toThrow('no values');
    }
    expect(tf.memory().numTensors).toBe(before);
    using(new LSTMCell({ ...sizes, rngs: rngs() }), (cell) => {
      const h = tf.ones([1, 3]);
      expect(() => cell.call(h as never, [[1, 2]])).toThrow(/^The carry of an LSTM is \[c, h\], got Tensor\. Start with/);
      h.dispose();
    });
    const [pair, single] = [tf.ones([2, 3]), tf.ones([1, 3])];
    for (const Cell of [OptimizedLSTMCell, GRUCell, SimpleCell])
      using(new Cell({ ...sizes, rngs: rngs() }), (cell) => {
        const step = (h: tf.Tensor) => (cell as RecurrentCell).call(cell instanceof OptimizedLSTMCell ? [h, h] : h, tf.ones([3, 2]))[1];
        expect(() => tf.tidy(() => step(pair))).toThrow(
          /Cell expects a state of the shape \(3, 3\), with the batch axes of its input, got \(2, 3\)\./,
        );
        expect(shapeOf(() => step(single))).toEqual([3, 3]);
      });
    tf.dispose([pair, single]);
  });

  it('RNN-013 all cells have one feature axis', () =>
    using(new GRUCell({ ...sizes, rngs: rngs() }), (cell) => expect(cell.numFeatureAxes).toBe(1)));
});

describe('RNN', () => {
  const make = (options = {}, cell: RecurrentCell = new GRUCell({ ...sizes, rngs: rngs() })) => new RNN({ cell, ...options });

  it('RNN-020 keeps a stream for the carry, or none, and refuses anything else', () => {
    using(make(), (rnn) => expect([rnn.rngs?.tag, rnn.rngs?.key.value]).toEqual(['carry', new Rngs({ carry: 0 }).carry.key.value]));
    using(make({ rngs: false }), (rnn) => expect(rnn.rngs).toBe(null));
    const streams = new Rngs({ carry: 3 });
    using(make({ rngs: streams }), () => expect(streams.carry.count.value).toBe(1));
    expect(() => make({ rngs: 5 })).toThrow(/^Expected rngs to be a/);
    expect(() => new RNN({} as never)).toThrow(/^RNN expects cell to be a Module with call\(carry, input\) and initializeCarry/);
    expect(() => new Bidirectional({} as never)).toThrow(/^Bidirectional expects forwardRnn to be an RNN, got/);
  });

  it('RNN-021 RNN-022 time is the axis before the features, or the first; there may be no batch', () => {
    using(make(), (rnn) => {
      expect(shapeOf(() => rnn.call(sequence()) as tf.Tensor)).toEqual([2, 3, 3]);
      const plain = valuesOf(() => rnn.call(sequence()) as tf.Tensor);
      const major = valuesOf(() =>
        tf.transpose(rnn.call(tf.transpose(sequence(), [1, 0, 2]), { timeMajor: true }) as tf.Tensor, [1, 0, 2]),
      );
      expectClose(major, plain);
      expect(shapeOf(() => rnn.call(tf.ones([4, 2])) as tf.Tensor)).toEqual([4, 3]);
    });
  });

  it('RNN-021 MOD-009 a call’s options come before the attributes', () => {
    using(make({ returnCarry: true }), (rnn) => {
      expect(shapeOf(() => rnn.call(sequence(), { returnCarry: false }) as tf.Tensor)).toEqual([2, 3, 3]);
      expect(Array.isArray(tf.tidy(() => rnn.call(sequence()) as never))).toBe(true);
      const outputs = (options: object) => valuesOf(() => rnn.call(sequence(), { returnCarry: false, ...options }) as tf.Tensor);
      const [plain, backwards] = [outputs({}), outputs({ reverse: true })];
      expect(backwards).not.toEqual(plain);
      rnn.setAttributes({ reverse: true, keepOrder: true });
      expect([outputs({ reverse: false }), outputs({ keepOrder: false }), outputs({ keepOrder: null, reverse: null })]).toEqual([
        plain,
        backwards,
        outputs({ reverse: true, keepOrder: true }),
      ]);
    });
  });

  it('RNN-023 gives the carry of each sequence’s last step', () => {
    using(make(), (rnn) => {
      const [carry, outputs] = tf.tidy(
        () => rnn.call(sequence(), { returnCarry: true, seqLengths: tf.tensor1d([1, 3], 'int32') }) as never,
      ) as Step<tf.Tensor>;
      const rows = outputs.arraySync() as number[][][];
      expectClose(carry.arraySync(), [rows[0]![0], rows[1]![2]]);
      tf.dispose([carry, outputs]);
    });
  });

  /** Adds up the first feature; its carry is its output. The sums below are what nnx.RNN gives for such a cell. */
  class Running extends RecurrentCell<tf.Tensor> {
    readonly hiddenFeatures = 1;
    readonly rngs = null;
    readonly carryInit = null;
    initializeCarry(shape: readonly number[]): tf.Tensor {
      return tf.zeros([...shape.slice(0, -1), 1]);
    }
    call(sum: tf.Tensor, x: tf.Tensor): Step<tf.Tensor> {
      const next = tf.tidy(() =>
        tf.add(
          sum,
          tf.slice(
            x,
            Array.from({ length: x.rank }, () => 0),
            [...x.shape.slice(0, -1), 1],
          ),
        ),
      );
      return [next, next];
    }
  }
  const counting = () => tf.reshape(tf.range(1, 13), [2, 3, 2]);
  const lastSums = (lengths: tf.Tensor, x = counting(), options = {}) =>
    valuesOf(() => new RNN({ cell: new Running() }).call(x, { returnCarry: true, seqLengths: lengths, ...options })[0] as tf.Tensor);

  it('RNN-023 lengths count as Flax indexes: 0 is the last step, so is one beyond the end, and −1 is one from the end', () => {
    tf.tidy(() => {
      expect(lastSums(tf.tensor1d([0, 3], 'int32'))).toEqual([[9], [27]]);
      expect(lastSums(tf.tensor1d([5, 1], 'int32'))).toEqual([[9], [7]]);
      expect(lastSums(tf.tensor1d([-1, 2], 'int32'))).toEqual([[4], [16]]);
    });
  });

  it('RNN-023 gives the last carry without a batch, and, where Flax mixes sequences up, with several batch axes', () => {
    tf.tidy(() => {
      expect(lastSums(tf.scalar(2, 'int32'), tf.reshape(tf.range(1, 7), [3, 2]))).toEqual([4]);
      const several = tf.reshape(tf.range(1, 13), [2, 1, 3, 2]);
      expect(lastSums(tf.tensor2d([[1], [2]], [2, 1], 'int32'), several)).toEqual([[[1]], [[16]]]);
      const timeFirst = tf.transpose(several, [2, 0, 1, 3]);
      expect(lastSums(tf.tensor2d([[1], [2]], [2, 1], 'int32'), timeFirst, { timeMajor: true })).toEqual([[[1]], [[16]]]);
    });
  });

  it('RNN-021 no steps give no outputs, and the carry as it was', () => {
    using(make({}, new GRUCell({ ...sizes, rngs: rngs() })), (rnn) => {
      const [initialCarry, nothing] = [tf.ones([2, 3]), tf.zeros([2, 0, 2])];
      const before = tf.memory().numTensors;
      const [carry, outputs] = rnn.call(nothing, { returnCarry: true, initialCarry });
      expect([(carry as tf.Tensor).shape, outputs.shape]).toEqual([
        [2, 3],
        [2, 0, 3],
      ]);
      tf.dispose([carry as tf.Tensor, outputs]);
      expect([initialCarry.isDisposed, tf.memory().numTensors]).toEqual([false, before]);
      tf.dispose([initialCarry, nothing]);
    });
  });

  it('RNN-021 one step has gradients, and what a cell hands on unchanged stays the caller’s', () => {
    using(make(), (rnn) => {
      const x = tf.ones([2, 1, 2]);
      const grads = grad((rnn: RNN) => tf.sum(rnn.call(x) as tf.Tensor))(rnn);
      expect(grads.flat().length).toBe(3);
      dispose([grads, x]);
    });
    class Constant extends Running {
      override call(h: tf.Tensor, x: tf.Tensor): Step<tf.Tensor> {
        return [h, tf.mul(x, 2)];
      }
    }
    const [initialCarry, x] = [tf.ones([2, 1]), tf.ones([2, 3, 2])];
    const [carry, outputs] = new RNN({ cell: new Constant() }).call(x, { returnCarry: true, initialCarry });
    tf.dispose([carry as tf.Tensor, outputs]);
    expect(initialCarry.isDisposed).toBe(false);
    tf.dispose([initialCarry, x]);
  });

  it('refuses an input without time, and lengths that are not one per sequence, and leaves nothing over', () => {
    using(make(), (rnn) => {
      const lengths = tf.tensor1d([1, 2, 3], 'int32');
      const before = tf.memory().numTensors;
      expect(() => rnn.call([1, 2])).toThrow(/^RNN expects an input with a time axis, \[batch…, time, features\], got \(2,\)/);
      expect(() => rnn.call([[[1, 2]], [[1, 2]]], { seqLengths: lengths })).toThrow(/seqLengths of the shape \(2,\), got \(3,\)/);
      expect(() => rnn.call([[[1, 2, 3]]])).toThrow();
      expect(() => new RNN({ cell: rnn.cell, rngs: false }).call([[[1, 2]]])).toThrow(/^RNGs must be provided/);
      expect(tf.memory().numTensors).toBe(before);
      lengths.dispose();
    });
  });

  it('RNN-020 a cell draws on at every step, or the same for all steps of a call where broadcastRngs says so', () => {
    class Dropping extends Running {
      readonly drop = new Dropout({ rate: 0.5, rngs: new Rngs({ dropout: 0 }) });
      override call(h: tf.Tensor, x: tf.Tensor): Step<tf.Tensor> {
        return [h, this.drop.call(x)];
      }
    }
    const twice = (broadcastRngs: Filter) => {
      const rnn = new RNN({ cell: new Dropping(), broadcastRngs });
      const masks = [1, 2].map(() => valuesOf(() => rnn.call(tf.ones([1, 3, 6])) as tf.Tensor) as number[][][]);
      const { drop } = rnn.cell as Dropping;
      return { masks: masks.map(([rows]) => rows), count: drop.rngs?.count.value, key: drop.rngs?.key.value };
    };
    const { key } = new Dropping().drop.rngs!;
    // Recorded from nnx.RNN(cell, broadcast_rngs=None) and ('dropout').
    const first = [2, 2, 2, 0, 0, 0];
    const second = [0, 2, 0, 2, 0, 2];
    expect(twice('dropout')).toEqual({
      masks: [
        [first, first, first],
        [second, second, second],
      ],
      count: 2,
      key: key.value,
    });
    expect(twice(RngState)).toEqual(twice('dropout'));
    expect(twice(null)).toEqual({
      masks: [
        [
          [2, 0, 2, 0, 2, 2],
          [2, 2, 2, 0, 2, 0],
          [2, 0, 2, 2, 0, 0],
        ],
        [
          [0, 0, 2, 0, 0, 2],
          [0, 2, 0, 2, 2, 2],
          [0, 0, 0, 0, 0, 0],
        ],
      ],
      count: 6,
      key: key.value,
    });
  });

  it('RNN-024 goes backwards, over the part that counts only, and gives the order back', () => {
    using(make(), (rnn) => {
      const backwards = valuesOf(() => rnn.call(sequence(), { reverse: true }) as tf.Tensor);
      expectClose(
        valuesOf(() => rnn.call(tf.reverse(sequence(), 1)) as tf.Tensor),
        backwards,
      );
      const ordered = valuesOf(() => rnn.call(sequence(), { reverse: true, keepOrder: true }) as tf.Tensor) as number[][][];
      expectClose(ordered[0]!.toReversed(), (backwards as number[][][])[0]!);
    });
  });

  it('RNN-025 flips sequences of different lengths', () => {
    const x = tf.tensor(
      [
        [1, 0, 0],
        [2, 3, 0],
        [4, 5, 6],
      ],
      [3, 3, 1],
    );
    const flipped = valuesOf(() => flipSequences(x, tf.tensor1d([1, 2, 3], 'int32'), { numBatchDims: 1, timeMajor: false }));
    expect((flipped as number[][][]).map((row) => row.flat())).toEqual([
      [1, 0, 0],
      [3, 2, 0],
      [6, 5, 4],
    ]);
    x.dispose();
  });

  it('RNN-026 Bidirectional runs both ways and merges', () => {
    const [forwardRnn, backwardRnn] = [
      make({}, new GRUCell({ ...sizes, rngs: rngs(1) })),
      make({}, new GRUCell({ ...sizes, rngs: rngs(2) })),
    ];
    using(new Bidirectional({ forwardRnn, backwardRnn }), (both) => {
      const merged = valuesOf(() => both.call(sequence()) as tf.Tensor) as number[][][];
      const back = valuesOf(() => backwardRnn.call(sequence(), { reverse: true, keepOrder: true }) as tf.Tensor) as number[][][];
      expect(merged[0]![0]!.length).toBe(6);
      expectClose(merged[0]![1]!.slice(3), back[0]![1]!);
      const [carries, outputs] = tf.tidy(() => both.call(sequence(), { returnCarry: true }) as never) as unknown as Step<
        [tf.Tensor, tf.Tensor]
      >;
      const ends = outputs.arraySync() as number[][][];
      expectClose(
        carries[0].arraySync(),
        ends.map((steps) => steps[2]!.slice(0, 3)),
      );
      expectClose(
        carries[1].arraySync(),
        ends.map((steps) => steps[0]!.slice(3)),
      );
      tf.dispose([...carries, outputs]);
    });
    const seen: Diagnostic[] = [];
    const stop = onDiagnostic((diagnostic) => seen.push(diagnostic));
    using(new Bidirectional({ forwardRnn, backwardRnn: forwardRnn }), (shared) => expect(state(shared, Param).flat().length).toBe(3));
    stop();
    expect(seen.map(({ code }) => code)).toEqual(['directions-shared']);
  });

  it('RNN-028 the Modules of a cell are listed by name, `if_` between `ho` and `ig`', () => {
    using(make({}, new LSTMCell({ ...sizes, rngs: rngs() }) as never), (rnn) => {
      expect([...iterModules(rnn)].map(([path]) => path.join('/'))).toEqual([
        'cell/hf',
        'cell/hg',
        'cell/hi',
        'cell/ho',
        'cell/if_',
        'cell/ig',
        'cell/ii',
        'cell/io',
        'cell',
        '',
      ]);
    });
  });

  it('RNN-027 TRF-006 a cell may sow and perturb: one value per step, and a gradient that is the sum over the steps', () => {
    class Watched extends GRUCell {
      override call(h: tf.Tensor, x: tf.Tensor): Step<tf.Tensor> {
        const seen = this.perturb('h', h);
        this.sow(Intermediate, 'x', x);
        return super.call(seen, x);
      }
    }
    using(make({}, new Watched({ ...sizes, rngs: rngs() })), (rnn) => {
      const x = tf.tidy(() => sequence());
      const loss = (rnn: RNN, x: tf.Tensor) => tf.sum(rnn.call(x) as tf.Tensor);
      const [y, sown, init] = capture(loss, [Intermediate, Perturbation])(rnn, x);
      expect(sown.leaf('cell', 'x').value.map(({ shape }) => shape)).toEqual([
        [2, 2],
        [2, 2],
        [2, 2],
      ]);
      const calls: number[] = [];
      const grads = grad((init: State<Perturbation>) => capture(loss, [], { init, onDiagnostic: () => {} })(rnn, x), {
        onCallGradients: (_path, gradients) => calls.push(gradients.length),
      })(init);
      expect([calls, grads.leaf('cell', 'h').shape]).toEqual([[3], [2, 3]]);
      for (const owner of [sown, init, grads]) owner.dispose();
      tf.dispose([x, y]);
    });
  });
});
