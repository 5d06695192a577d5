/** @file MultiHeadAttention, cells, RNN and Bidirectional: parts, draws, modes, caches. By the specification's numbers. */
import { afterEach, describe, expect, it } from 'vitest';
import { capture, method, type BoundMethod } from '../nnx/capture.ts';
import { onDiagnostic } from '../nnx/diagnostics.ts';
import { dispose } from '../nnx/dispose.ts';
import { iterChildren, iterModules } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { Intermediate } from '../nnx/variable.ts';
import { view } from '../nnx/view.ts';
import { tf } from '../tensor/tf.ts';
import { Bidirectional } from './bidirectional.ts';
import { GRUCell } from './gru-cell.ts';
import { LSTMCell } from './lstm-cell.ts';
import { MultiHeadAttention } from './multi-head-attention.ts';
import { RNN } from './rnn.ts';
import { flipSequences } from './shared/sequences.ts';
import { SimpleCell } from './simple-cell.ts';

const owned: unknown[] = [];
afterEach(() => dispose(owned.splice(0)));
function own<T>(value: T): T {
  owned.push(value);
  return value;
}
const read = (make: () => tf.Tensor): number[] => tf.tidy(() => [...make().dataSync()]);
const sizes = (shape: number[]) =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i)),
    shape,
  );

describe('MultiHeadAttention', () => {
  const make = (options: object = {}) =>
    own(new MultiHeadAttention({ numHeads: 2, inFeatures: 4, decode: false, rngs: new Rngs(0), ...options }));

  it('MHA-001, MHA-002: has projections of the right shapes', () => {
    const { query, key, value, out } = make({ numHeads: 4, numKvHeads: 2, qkvFeatures: 8, inKvFeatures: 3, outFeatures: 5 });
    expect([query, key, value, out].map(({ kernel, bias }) => [kernel.shape, bias!.shape])).toEqual([
      [
        [4, 4, 2],
        [4, 2],
      ],
      [
        [3, 2, 2],
        [2, 2],
      ],
      [
        [3, 2, 2],
        [2, 2],
      ],
      [[4, 2, 5], [5]],
    ]);
  });

  it('MHA-003: draws eight keys, ten with norms, and forks the dropout stream where there is dropout', () => {
    const draws = (options: object) => {
      const rngs = new Rngs({ params: 0, dropout: 1 });
      make({ ...options, rngs });
      return [rngs.params.count.value, rngs.dropout.count.value];
    };
    expect([draws({}), draws({ normalizeQk: true }), draws({ dropoutRate: 0.1 }), draws({ dropoutRate: 0.1, keepRngs: false })]).toEqual([
      [8, 0],
      [10, 0],
      [8, 1],
      [8, 0],
    ]);
  });

  it('MHA-006: leaves modes and cache unset, as Flax does', () => {
    const { deterministic, decode, cachedKey, cachedValue, cacheIndex, rngs } = own(
      new MultiHeadAttention({ numHeads: 2, inFeatures: 4, rngs: new Rngs(0) }),
    );
    expect([deterministic, decode, cachedKey, cachedValue, cacheIndex, rngs]).toEqual([null, null, null, null, null, null]);
  });

  it('MHA-010: takes keys for queries and values for keys where they are missing', () => {
    const attention = make();
    const [q, k] = [own(sizes([1, 2, 4])), own(sizes([1, 3, 4]))];
    expect(read(() => attention.call(q))).toEqual(read(() => attention.call(q, q, q)));
    expect(read(() => attention.call(q, k))).toEqual(read(() => attention.call(q, k, k)));
  });

  it('MHA-013: does not ask whether to drop where there is no dropout', () => {
    expect(read(() => make({ deterministic: null }).call(sizes([1, 2, 4])))).toHaveLength(8);
  });

  it('MHA-023: decodes step by step to what full causal attention gives', () => {
    const attention = make();
    const x = own(sizes([2, 3, 4]));
    const full = read(() => attention.call(x, { isCausal: true }));
    const decoding = view(attention, { decode: true, batchSize: 2, maxLength: 3 });
    own([decoding.cachedKey, decoding.cachedValue, decoding.cacheIndex]);
    const steps = read(() =>
      tf.concat(
        tf.split(x, 3, 1).map((step) => decoding.call(step)),
        1,
      ),
    );
    expect(steps).toEqual(full.map((value) => expect.closeTo(value, 5)));
  });

  it('X10 says that a causal mask hides all but the first key while it decodes, as in Flax', () => {
    const attention = make({ decode: true });
    attention.initCache([1, 2, 4]);
    const heard: string[] = [];
    const end = onDiagnostic(({ code }) => heard.push(code));
    const steps = tf.split(own(sizes([1, 2, 4])), 2, 1);
    const first = read(() => attention.call(steps[0]!));
    expect(heard).toEqual([]);
    expect(read(() => attention.call(steps[1]!, { isCausal: true }))).toEqual(first.map((value) => expect.closeTo(value, 5)));
    expect(heard).toEqual(['causal-decode']);
    end();
    tf.dispose(steps);
  });

  it('MHA-024: writes past the end into the last slot, while the index goes on', () => {
    const attention = make({ decode: true });
    attention.initCache([1, 2, 4]);
    for (let i = 0; i < 4; i++) attention.call(tf.ones([1, 1, 4])).dispose();
    expect([...attention.cacheIndex!.value.dataSync()]).toEqual([4]);
  });

  it('MHA-026: sows the weights, whose rows add up to 1', () => {
    const attention = make();
    const x = own(sizes([1, 3, 4]));
    const target = method(attention, 'call') as unknown as BoundMethod<unknown[], tf.Tensor>;
    const [out, captured] = capture(target, [Intermediate])(x, { sowWeights: true });
    own([out, captured]);
    const [weights] = captured.leaf('attentionWeights').value;
    expect(weights!.shape).toEqual([1, 2, 3, 3]);
    expect(read(() => tf.sum(weights!, -1))).toEqual(Array.from({ length: 6 }, () => expect.closeTo(1, 5)));
  });

  it('MHA-027: lists its children in the order of Flax', () => {
    const names = [...iterChildren(make({ normalizeQk: true }))].map(([key]) => key);
    expect(names).toEqual(['key', 'keyLn', 'out', 'query', 'queryLn', 'value']);
  });

  it('ATN-002: gives uniform weights to a row with nothing to see', () => {
    const attention = make();
    const x = own(sizes([1, 2, 4]));
    const numbers = read(() => attention.call(x, { mask: tf.zeros([1, 1, 2, 2], 'bool') }));
    expect(numbers.slice(0, 4)).toEqual(numbers.slice(4).map((value) => expect.closeTo(value, 5)));
  });
});

describe('recurrent', () => {
  const gru = (options: object = {}) => new GRUCell({ inFeatures: 2, hiddenFeatures: 3, rngs: new Rngs(0), ...options });

  it('RNN-010: starts the carry with zeros, and draws one key for each of its tensors', () => {
    const rngs = new Rngs({ params: 0, carry: 1 });
    const cell = own(new LSTMCell({ inFeatures: 2, hiddenFeatures: 3, rngs }));
    const carry = own(cell.initializeCarry([5, 2], { rngs }));
    expect(carry.map((part) => [part.shape, [...part.dataSync()].every((value) => value === 0)])).toEqual([
      [[5, 3], true],
      [[5, 3], true],
    ]);
    expect(rngs.carry.count.value).toBe(2);
  });

  it('RNN-011: takes the carry initializer of the call before that of the cell', () => {
    const cell = own(gru({ carryInit: 'ones' }));
    const rngs = new Rngs(0);
    const twos = (_key: unknown, shape: readonly number[]) => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(2);
    expect(read(() => cell.initializeCarry([1, 2], { rngs }))).toEqual([1, 1, 1]);
    expect(read(() => cell.initializeCarry([1, 2], { rngs, carryInit: twos }))).toEqual([2, 2, 2]);
    expect(cell.numFeatureAxes).toBe(1);
  });

  it('RNN-020: makes its own stream, forks the one it is given, or has none', () => {
    expect(own(new RNN({ cell: gru() })).rngs!.tag).toBe('carry');
    const rngs = new Rngs({ carry: 2 });
    own(new RNN({ cell: gru(), rngs }));
    expect(rngs.carry.count.value).toBe(1);
    expect(own(new RNN({ cell: gru(), rngs: false })).rngs).toBeNull();
  });

  it('RNN-025: turns only the valid part of a sequence around', () => {
    const x = own(tf.tensor([1, 0, 0, 2, 3, 0, 4, 5, 6], [3, 3, 1]));
    const lengths = own(tf.tensor([1, 2, 3], [3], 'int32'));
    expect(read(() => flipSequences(x, lengths, { numBatchDims: 1, timeMajor: false }))).toEqual([1, 0, 0, 3, 2, 0, 6, 5, 4]);
    const major = own(tf.transpose(x, [1, 0, 2]));
    expect(read(() => tf.transpose(flipSequences(major, lengths, { numBatchDims: 1, timeMajor: true }), [1, 0, 2]))).toEqual([
      1, 0, 0, 3, 2, 0, 6, 5, 4,
    ]);
  });

  it('RNN-026: shares parameters where both directions are one RNN', () => {
    const rnn = new RNN({ cell: gru() });
    const both = own(new Bidirectional({ forwardRnn: rnn, backwardRnn: rnn }));
    expect(tf.tidy(() => (both.call(sizes([2, 4, 2])) as tf.Tensor).shape)).toEqual([2, 4, 6]);
    expect([...iterModules(both)].map(([path, module]) => [path.join('/'), typeNameOf(module)])).toEqual([
      ['backwardRnn/cell/denseH', 'Linear'],
      ['backwardRnn/cell/denseI', 'Linear'],
      ['backwardRnn/cell', 'GRUCell'],
      ['backwardRnn', 'RNN'],
      ['', 'Bidirectional'],
    ]);
  });

  it('RNN-028: lists the parts of an LSTM in the order of Flax', () => {
    const cell = own(new LSTMCell({ inFeatures: 2, hiddenFeatures: 3, rngs: new Rngs(0) }));
    expect([...iterChildren(cell)].map(([key]) => key)).toEqual(['hf', 'hg', 'hi', 'ho', 'if_', 'ig', 'ii', 'io']);
  });

  it('leaves no tensor over in a call with lengths, reversed, that gives its carry', () => {
    const rnn = own(new RNN({ cell: new SimpleCell({ inFeatures: 2, hiddenFeatures: 3, rngs: new Rngs(0) }), reverse: true }));
    const [x, seqLengths] = [own(sizes([2, 4, 2])), own(tf.tensor([2, 4], [2], 'int32'))];
    const before = tf.memory().numTensors;
    const [carry, outputs] = rnn.call(x, { seqLengths, returnCarry: true });
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose([carry as tf.Tensor, outputs]);
  });
});
