import { describe, expect, it } from 'vitest';
import { setRun } from '../document/edits/run.ts';
import type { ModelDocument } from '../document/schema.ts';
import { example } from '../test/examples.ts';
import { emitTraining } from './emit-document.ts';
import type { TargetName } from './targets.gen.ts';

const PIXELS = Array.from({ length: 64 }, (_, i) => `p${i}`);
const TABLE = `${[...PIXELS, 'label'].join(',')}\n${Array.from({ length: 400 }, (_, row) =>
  [...PIXELS.map((_, i) => (row * i) % 17), row % 10].join(','),
).join('\n')}\n`;

function codeOf(document: ModelDocument, target: TargetName = 'flax'): string {
  const result = emitTraining(document, target, { texts: { 'digits.csv': TABLE } });
  if (!result.ok) throw new Error(result.problem.message);
  return result.code;
}

describe('the training script (X9)', () => {
  it('reads the table, trains and tests as the document says', () => {
    const code = codeOf(example('digits'));
    expect(code).toContain('from model import model');
    expect(code).toContain("FILE = 'digits.csv'");
    expect(code).toContain('TEST_ROWS = 360');
    expect(code).toContain('features = features / 16');
    expect(code).toContain('key = jax.random.fold_in(jax.random.key(SEED), 0)');
    expect(code).toContain('jax.random.permutation(key, len(labels))');
    expect(code).toContain('return optax.softmax_cross_entropy_with_integer_labels(output, labels).mean(), output');
    expect(code).toMatch(/nnx\.Optimizer\(model, optax\.adam\(0\.001\), wrt=nnx\.Param\)/);
    expect(code).toContain('def trace(');
  });

  it('is spread over all devices if asked, in Flax alone: a cluster is joined before the model computes', () => {
    const options = { texts: { 'digits.csv': TABLE }, isSharded: true };
    const result = emitTraining(example('digits'), 'flax', options);
    const code = result.ok ? result.code : result.problem.message;
    expect(code.indexOf('jax.distributed.initialize(')).toBeLessThan(code.indexOf('from model import model'));
    expect(code).toContain('train_step(model, optimizer, *spread_rows(train_batch(step)))');
    expect(code).toContain('spread_whole(optimizer)');
    expect(codeOf(example('digits'))).not.toMatch(/spread|distributed/);
    const other = emitTraining(example('digits'), 'pytorch', options);
    expect(other).toMatchObject({ ok: false, problem: { code: 'emit/not-sharded' } });
  });

  it('needs neither labels nor rows held back', () => {
    const document = setRun(example('model'), { source: { type: 'ones', args: {} }, loss: { type: 'mean', args: {} }, batchSize: 4 });
    const code = codeOf(document);
    expect(code).toContain('inputs = (jnp.ones((4, 2)),)');
    expect(code).toContain('return jnp.mean(output), output');
    expect(code).not.toMatch(/evaluate|test_batch/);
  });

  it('says what is missing: the data, or a sound model', () => {
    expect(emitTraining(example('digits'), 'flax', { texts: {} })).toMatchObject({ ok: false, problem: { code: 'source/no-file' } });
    const unknown = setRun(example('digits'), { loss: { type: 'guess', args: {} } });
    expect(emitTraining(unknown, 'flax', { texts: {} })).toMatchObject({ ok: false, problem: { code: 'train/not-sound' } });
  });

  it('is written for PyTorch, with the rows in the order of JAX and the weights of this program', () => {
    const code = codeOf(example('digits'), 'pytorch');
    expect(code).toContain('from model import load_flax_weights, model');
    expect(code).toContain('order = permutation(fold_in((0, SEED), epoch + 1), len(TRAIN))');
    expect(code).toContain('return F.cross_entropy(output, labels.long()), output');
    expect(code).toContain('optimizer = torch.optim.Adam(model.parameters(), lr=0.001)');
    expect(code).toContain("load_flax_weights(model, 'model.safetensors')");
    expect(code).not.toMatch(/import jax|jnp|optax/);
  });

  it('changes the learning rate, clips and keeps what is not trained in PyTorch, too', () => {
    const learningRate = { name: 'warmupCosineDecaySchedule', initValue: 0, peakValue: 0.01, warmupSteps: 5, decaySteps: 20 };
    const document = setRun(example('digits'), { optimizer: { type: 'sgd', args: { learningRate, momentum: 0.9, clipByGlobalNorm: 1 } } });
    const code = codeOf(document, 'pytorch');
    expect(code).toContain(
      '    if step < 5:\n        return 0.01 * step / 5\n    return 0.01 * 0.5 * (1 + math.cos(math.pi * min(step - 5, 15) / 15))\n',
    );
    expect(code).toContain('optimizer = torch.optim.SGD(model.parameters(), lr=1.0, momentum=0.9)');
    expect(code).toContain('schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, learning_rate)');
    expect(code).toContain('torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)');
  });

  it('is refused where PyTorch has no such rule', () => {
    const document = setRun(example('digits'), { optimizer: { type: 'adam', args: { learningRate: 0.1, nesterov: true } } });
    expect(emitTraining(document, 'pytorch', { texts: { 'digits.csv': TABLE } })).toMatchObject({
      ok: false,
      problem: { code: 'emit/refused' },
    });
  });
});
