import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { checkDocument } from '../check/check-document.ts';
import { renameMember } from '../document/edits/members.ts';
import { setTrained } from '../document/edits/run.ts';
import { parseDocument } from '../document/parse.ts';
import type { FilterSpec, ModelDocument } from '../document/schema.ts';
import { writeDocument } from '../document/write.ts';
import { emitDocument, emitTraining } from '../emit/index.ts';
import { dispose } from '../nnx/dispose.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { Param } from '../nnx/variable.ts';
import { Optimizer } from '../optim/optimizer.ts';
import { makeRule } from '../optim/settings.ts';
import { tf } from '../tensor/tf.ts';
import { startInProcess } from '../test/in-process.ts';
import { template } from '../test/templates.ts';
import { openData } from './open-data.ts';
import { openModel } from './open-model.ts';
import { openObjective } from './objective.ts';
import type { BackendName } from './protocol.ts';
import { trainStep } from './step.ts';
import { openTrained } from './trained.ts';

const assets = { 'digits.csv': digitsCsv };
const lora = template('lora-encoder');
const head: FilterSpec = { kind: 'path', contains: 'head', exact: true };

/** The paths of the Params that a step changes. */
function movedBy(document: ModelDocument): readonly string[] {
  const { model, inputs } = openModel(document);
  const source = openData(document, inputs, assets);
  const optimizer = new Optimizer(model, makeRule(document.run.optimizer), { wrt: openTrained(document, model) });
  const params = variablesBelow(model).filter(({ variable }) => variable instanceof Param);
  const before = params.map(({ variable }) => (variable.value as tf.Tensor).dataSync().slice());
  // Two: the second matrix of a LoRA begins as zeros, and so hides the first one from the first gradient.
  for (const step of [0, 1]) {
    const batch = source.trainBatch(step);
    tf.dispose([trainStep(model, optimizer, batch, openObjective(document.run)), ...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
  }
  const moved = params.filter(({ variable }, i) => (variable.value as tf.Tensor).dataSync().some((value, at) => value !== before[i]![at]));
  optimizer.dispose();
  dispose(model);
  return moved.map(({ path }) => path.join('.'));
}

describe('a filter of what is trained', () => {
  it('moves the Params that it selects, and leaves every other as it is', () => {
    const moved = movedBy(lora);
    expect(moved).toContain('head.kernel');
    expect(moved).toContain('encoder.blocks.2.up.lora.loraA');
    expect(moved.filter((path) => !/^head\.|\.lora\./.test(path))).toEqual([]);
    expect(movedBy(setTrained(lora, head))).toEqual(['head.bias', 'head.kernel']);
    expect(movedBy(setTrained(lora, undefined)).length).toBeGreaterThan(20);
  });

  it('is refused where it selects nothing, before a step is taken', async () => {
    const worker = startInProcess(tf.getBackend() as BackendName);
    const document = setTrained(lora, { ...head, contains: 'tail' });
    const answer = await worker.send({ kind: 'train', document, assets, steps: 1, continueFrom: 'start' });
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'trained/nothing' } });
    const { problems } = checkDocument(setTrained(lora, { kind: 'not', of: { kind: 'type', type: 'Linear' } }), { files: assets });
    expect(problems).toMatchObject([{ code: 'trained/type', got: 'Linear', scope: 'run' }]);
  });

  it('begins anew where it is changed, and goes on where it is not', async () => {
    const worker = startInProcess(tf.getBackend() as BackendName);
    const lossOf = async (document: ModelDocument, continueFrom: 'start' | 'last') => {
      const request = worker.send({ kind: 'train', document, assets, steps: 2, continueFrom });
      expect(await request).toMatchObject({ kind: 'trained' });
      return worker.said('metrics', request.id).flatMap(({ points }) => points.map(({ loss }) => loss));
    };
    const [, second] = await lossOf(lora, 'start');
    const [third] = await lossOf(setTrained(lora, head), 'last');
    expect(third).toBeLessThan(second!);
  });

  it('follows the names of members, is saved, and is the wrt of the emitted script', () => {
    const { root, classes } = lora;
    const member = classes[root.class]!.members.find(({ name }) => name === 'head')!;
    const renamed = renameMember(lora, root.class, member.id, 'outHead');
    expect(renamed.run.trained).toMatchObject({ of: [{ type: 'LoRAParam' }, { contains: 'outHead' }] });
    const read = parseDocument(writeDocument(renamed));
    expect(read.ok && read.document.run).toEqual(renamed.run);
    const script = emitTraining(renamed, 'flax', { texts: assets });
    if (!script.ok) throw new Error(script.problem.message);
    expect(script.code).toContain("TRAINED = nnx.All(nnx.Param, nnx.Any(nnx.LoRAParam, nnx.PathContains('out_head')))");
    expect(script.code).toContain('nnx.value_and_grad(loss_of, argnums=nnx.DiffState(0, TRAINED), has_aux=True)');
    expect(script.code).toContain('wrt=TRAINED)');
    expect(emitDocument(renamed, 'flax')).toMatchObject({ ok: true });
    const only = emitTraining(setTrained(lora, { kind: 'type', type: 'LoRAParam' }), 'flax', { texts: assets });
    expect(only.ok && only.code).toContain('TRAINED = nnx.LoRAParam\n');
    const all = emitTraining(setTrained(lora, undefined), 'flax', { texts: assets });
    expect(all.ok && all.code).not.toContain('TRAINED');
  });
});
