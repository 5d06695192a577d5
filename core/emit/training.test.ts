import { describe, expect, it } from 'vitest';
import { setRun } from '../document/edits/run.ts';
import type { ModelDocument } from '../document/schema.ts';
import { example } from '../test/examples.ts';
import { emitTraining } from './emit-document.ts';

const PIXELS = Array.from({ length: 64 }, (_, i) => `p${i}`);
const TABLE = `${[...PIXELS, 'label'].join(',')}\n${Array.from({ length: 400 }, (_, row) =>
  [...PIXELS.map((_, i) => (row * i) % 17), row % 10].join(','),
).join('\n')}\n`;

function codeOf(document: ModelDocument): string {
  const result = emitTraining(document, 'flax', { texts: { 'digits.csv': TABLE } });
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
});
