import { expect, it } from 'vitest';
import { setRun } from '../../document/edits/run.ts';
import { example } from '../../test/examples.ts';
import { emitTraining } from '../emit-document.ts';

const ones = { source: { type: 'ones', args: {} }, loss: { type: 'mean', args: {} } };

it('trains through Keras on any backend, with the epsilon of optax', () => {
  const optimizer = { type: 'adam', args: { learningRate: 0.01, clipByGlobalNorm: 1 } };
  const result = emitTraining(setRun(example('block'), { ...ones, optimizer, steps: 7 }), 'keras', { texts: {} });
  const code = result.ok ? result.code : result.problem.message;
  expect(code).toContain('class Adam(keras.optimizers.Adam):');
  expect(code).toContain('trainer.compile(optimizer=Adam(0.01, epsilon=1e-8, global_clipnorm=1.0))');
  expect(code).toContain('        return self.model(*inputs, training=training)\n');
  expect(code).toContain('        return ops.mean(y_pred)\n');
  expect(code).not.toContain('jax');
});

it('refuses a rule that Keras has with another meaning', () => {
  const learningRate = { name: 'cosineDecaySchedule', initValue: 0.01, decaySteps: 15 };
  const optimizer = { type: 'sgd', args: { learningRate, momentum: 0.9 } };
  const result = emitTraining(setRun(example('block'), { ...ones, optimizer }), 'keras', { texts: {} });
  expect(result).toMatchObject({ ok: false, problem: { code: 'emit/refused', message: expect.stringContaining('momentum') as string } });
});
