import { afterAll, expect, it } from 'vitest';
import { sequence, transformerBlock, type StepOf } from '../bench/documents.ts';
import { countTensors } from '../tensor/memory.ts';
import { drawsOnProcessor } from '../tensor/renderer.ts';
import { tf } from '../tensor/tf.ts';
import { startInProcess } from '../test/in-process.ts';
import { isManySmall } from './fitting-backend.ts';
import type { BackendName } from './protocol.ts';

const before = tf.getBackend();
afterAll(() => tf.setBackend(before));

const chain = (length: number, width: number) =>
  sequence(
    ['batch', width],
    Array.from({ length }, (): StepOf => ['Linear', { inFeatures: width, outFeatures: width }]),
    4,
  );

it('very many Modules with little to do are told from few, and from those with much to do', () => {
  expect(isManySmall(chain(1000, 8))).toBe(true);
  expect(isManySmall(chain(900, 8))).toBe(false);
  expect(isManySmall(chain(1000, 512))).toBe(false);
  expect(isManySmall(transformerBlock(32, 64, 8))).toBe(false);
});

it('they run on the CPU where WebGL is drawn on the processor, and what follows runs where it did before', async () => {
  const tensors = countTensors();
  const worker = startInProcess();
  const long = chain(1000, 2);
  const { result } = await worker.expect('ran', { kind: 'run', document: long, assets: {} });
  const isWebgl = tf.getBackend() === 'webgl';
  const fitting: BackendName = isWebgl && !drawsOnProcessor() ? 'webgl' : 'cpu';
  expect(result.backend).toBe(fitting);
  expect(result.wires).toHaveLength(1001);
  const notes = worker.answers.flatMap((answer) =>
    answer.kind === 'warned' && answer.problem.code === 'backend/cpu' ? [answer.problem] : [],
  );
  expect(notes.some(({ message }) => message.includes('1001 Modules'))).toBe(isWebgl && fitting === 'cpu');
  // The values that it left can still be read, and a training goes on from where it was.
  const { key } = result.outputs[0]!;
  const { tensor } = await worker.expect('tensor', { kind: 'tensor', run: 1, key });
  expect(tensor.shape).toEqual([4, 2]);
  const trained = await worker.expect('trained', { kind: 'train', document: long, assets: {}, steps: 1, continueFrom: 'start' });
  expect(trained.step).toBe(1);
  const small = await worker.expect('ran', { kind: 'run', document: chain(3, 2), assets: {} });
  expect(small.result.backend).toBe(isWebgl ? 'webgl' : 'cpu');
  worker.engine.dispose();
  expect(countTensors()).toBe(tensors);
});
