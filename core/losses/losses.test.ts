import { describe, expect, it } from 'vitest';
import recorded from '../fixtures/recorded/models.json';
import { tf } from '../tensor/tf.ts';
import { openObjective } from '../run/objective.ts';
import { negativeEvidenceLowerBoundLoss } from './negative-evidence-lower-bound.ts';
import type { LabelInfo } from '../spec/loss.ts';

interface Loss {
  readonly type: string;
  readonly args: Readonly<Record<string, number>>;
}
const computeLoss = (loss: Loss, outputs: readonly tf.Tensor[], labels: tf.Tensor | null, inputs: readonly tf.Tensor[] = []) =>
  openObjective({ loss }).compute(outputs, { inputs, labels });
const checkLabels = (loss: Loss, labels: LabelInfo, shape: readonly number[]) => openObjective({ loss }).checkLabels(labels, shape);
const countCorrect = (logits: tf.Tensor, labels: tf.Tensor) =>
  openObjective({ loss: { type: 'crossEntropy', args: {} } }).countCorrect([logits], labels)!;

const labels = () => tf.tensor1d([2, 0], 'int32');
const logits = () =>
  tf.tensor2d([
    [0.5, -1, 2],
    [3, 0, -2],
  ]);

/** log(sum(exp(row))) - row[label], in float64. */
function reference(row: readonly number[], label: number): number {
  return Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - (row[label] ?? NaN);
}

function value(make: () => tf.Tensor): number {
  const before = tf.memory().numTensors;
  const tensor = tf.tidy(make);
  const [number = NaN] = tensor.dataSync();
  tensor.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return number;
}

describe('cross-entropy', () => {
  it('is the mean over the batch', () => {
    const expected = (reference([0.5, -1, 2], 2) + reference([3, 0, -2], 0)) / 2;
    expect(value(() => computeLoss({ type: 'crossEntropy', args: {} }, [logits()], labels()))).toBeCloseTo(expected, 5);
  });

  it('has the gradient (softmax - one-hot) / batch, as differences show it', () => {
    const at = [
      [0.5, -1, 2],
      [3, 0, -2],
    ];
    const gradient = tf.tidy(() => tf.grad((x) => computeLoss({ type: 'crossEntropy', args: {} }, [x], labels()))(logits()));
    const numbers = gradient.dataSync();
    gradient.dispose();
    const step = 1e-6;
    for (const [r, row] of at.entries())
      for (const [c] of row.entries()) {
        const moved = (by: number) => reference(row.with(c, (row[c] ?? NaN) + by), r === 0 ? 2 : 0) / 2;
        expect(numbers[r * 3 + c]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 5);
      }
  });

  it('stays finite for large logits and for masked ones', () => {
    const large = value(() => computeLoss({ type: 'crossEntropy', args: {} }, [tf.tensor2d([[1000, 0]])], tf.tensor1d([1], 'int32')));
    expect(large).toBe(1000);
    const masked = value(() =>
      computeLoss({ type: 'crossEntropy', args: {} }, [tf.tensor2d([[0, -Infinity, 0]])], tf.tensor1d([0], 'int32')),
    );
    expect(masked).toBeCloseTo(Math.log(2), 5);
  });

  it('counts the rows whose greatest logit is the label', () => {
    expect(value(() => countCorrect(logits(), tf.tensor1d([2, 1], 'int32')))).toBe(1);
  });
});

describe('the other losses', () => {
  it('takes the squared error of one number per row, with or without a last axis of 1', () => {
    const targets = () => tf.tensor1d([1, 4]);
    expect(value(() => computeLoss({ type: 'meanSquaredError', args: {} }, [tf.tensor1d([2, 2])], targets()))).toBe(2.5);
    expect(value(() => computeLoss({ type: 'meanSquaredError', args: {} }, [tf.tensor2d([[2], [2]])], targets()))).toBe(2.5);
  });

  it('takes mean and sum over the elements of all outputs', () => {
    const outputs = () => [tf.tensor1d([1, 2, 3]), tf.tensor1d([6])];
    expect(value(() => computeLoss({ type: 'sum', args: {} }, outputs(), null))).toBe(12);
    expect(value(() => computeLoss({ type: 'mean', args: {} }, outputs(), null))).toBe(3);
  });
});

describe('the losses of autoencoders', () => {
  const input = () =>
    tf.tensor2d([
      [0, 1],
      [2, 1],
    ]);
  const drawn = () =>
    tf.tensor2d([
      [1, 1],
      [2, 3],
    ]);

  it('take the first output against the first input', () => {
    expect(value(() => computeLoss({ type: 'reconstruction', args: {} }, [drawn()], null, [input()]))).toBe(5 / 4);
  });

  it('add the divergence of the code from the standard normal, weighed by beta, per row', () => {
    const [mean, logVariance] = [
      [0.5, -1],
      [0, Math.log(2)],
    ];
    const divergence = mean!.reduce((sum, m, i) => sum + (m * m + Math.exp(logVariance![i]!) - 1 - logVariance![i]!) / 2, 0);
    for (const beta of [1, 0.25]) {
      const outputs = () => [drawn(), tf.tensor2d([mean!, mean!]), tf.tensor2d([logVariance!, logVariance!])];
      const seen = value(() => computeLoss({ type: 'negativeEvidenceLowerBound', args: { beta } }, outputs(), null, [input()]));
      expect(seen).toBeCloseTo(5 / 2 + beta * divergence, 5);
    }
  });

  it('say what they miss, before a run and in one', () => {
    const spec = (...shape: (number | string)[]) => ({ shape, dtype: 'float32' as const });
    const check = negativeEvidenceLowerBoundLoss.checkOutputs!;
    expect(check([spec('batch', 3), undefined, undefined], [spec('batch', 2)])).toMatchObject({ code: 'loss/shape', got: '(batch, 3)' });
    expect(check([spec('batch', 2)], [spec('batch', 2)])).toMatchObject({ code: 'loss/outputs', at: 0, got: '1' });
    const code = [spec('batch', 4), spec('batch', 5)];
    expect(check([spec('batch', 2), ...code], [spec('batch', 2)])).toMatchObject({ at: 2, expected: 'the shape of the mean, (batch, 4)' });
    expect(check([spec('batch', 2), code[0], code[0]], [spec('batch', 2)])).toBeUndefined();
    const vae = { type: 'negativeEvidenceLowerBound', args: {} };
    expect(() => tf.tidy(() => computeLoss(vae, [drawn()], null, [input()]))).toThrow('Expected three outputs');
    const plain = { type: 'reconstruction', args: {} };
    expect(() => tf.tidy(() => computeLoss(plain, [tf.zeros([2, 3])], null, [input()]))).toThrow('got (2, 3)');
    expect(() => tf.tidy(() => computeLoss(plain, [drawn()], null))).toThrow('Expected a model with an input');
  });
});

describe('what does not fit', () => {
  const message = (run: () => unknown) => {
    try {
      tf.tidy(() => void run());
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
    return 'nothing thrown';
  };

  it('says which shape the loss expects', () => {
    expect(message(() => computeLoss({ type: 'crossEntropy', args: {} }, [tf.zeros([2])], labels()))).toBe(
      'Expected logits of shape (2, classes) for cross-entropy, got (2,). End the model with a Linear layer that has one feature per class.',
    );
    expect(message(() => computeLoss({ type: 'meanSquaredError', args: {} }, [tf.zeros([2, 3])], labels()))).toContain('got (2, 3)');
    expect(message(() => computeLoss({ type: 'crossEntropy', args: {} }, [logits()], null))).toContain('got one without');
    expect(message(() => computeLoss({ type: 'sum', args: {} }, [], null))).toContain('Wire a value to an output');
  });

  it('says which labels the loss expects', () => {
    const digits = { areWords: false, areIntegers: true, min: 0, max: 9 };
    expect(message(() => checkLabels({ type: 'crossEntropy', args: {} }, digits, [32, 10]))).toBe('nothing thrown');
    expect(message(() => checkLabels({ type: 'crossEntropy', args: {} }, digits, [32, 3]))).toBe(
      'Expected at least 10 logits for labels up to 9, got 3. Set outFeatures of the last layer to 10.',
    );
    expect(message(() => checkLabels({ type: 'crossEntropy', args: {} }, { ...digits, areIntegers: false }, [32, 10]))).toContain(
      'got other numbers',
    );
    expect(message(() => checkLabels({ type: 'meanSquaredError', args: {} }, { ...digits, areWords: true }, [32, 1]))).toContain(
      'got words',
    );
  });
});

describe('the weighted sum', () => {
  it('weighs elements as the recordings do', () => {
    for (const key of ['Block.rngs0.train', 'Block.auto.eval', 'Model.rngs0.train'] as const) {
      const { out, loss } = recorded[key];
      const seen = value(() => computeLoss({ type: 'weightedSum', args: {} }, [tf.tensor(out.data, out.shape)], null));
      expect(seen).toBeCloseTo(loss.data[0]!, 4);
    }
  });
});
