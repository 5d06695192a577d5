/**
 * @file The backend for one document. Where a program on the processor draws for WebGL, every op costs the more the more textures there
 * are, and of a network of 10,000 small layers a run did not end in minutes: the CPU backend, which is slower at large products, does
 * it in seconds.
 */
import { checkDocument } from '../check/check-document.ts';
import { costOf, sizesOfBatch } from '../check/cost.ts';
import type { ModelDocument } from '../document/schema.ts';
import type { RunProblem } from '../spec/run-error.ts';
import { drawsOnProcessor } from '../tensor/renderer.ts';
import { tf } from '../tensor/tf.ts';

/** From so many Modules on. */
const MANY = 1_000;
/** Products, and numbers that are kept, of one Module on average: what the CPU backend does in about a millisecond. */
const LITTLE_WORK = 100_000;
/** A number passes through a few ops on its way there and back. */
const WORK_OF_A_NUMBER = 10;

/** Whether the model is made of very many Modules with little to do; false where that is not known. */
export function isManySmall(document: ModelDocument): boolean {
  const { root, modules } = checkDocument(document);
  if (!root || modules < MANY) return false;
  const { multiplyAdds, activations, unknown } = costOf(root, sizesOfBatch(document.run.batchSize));
  return unknown === 0 && multiplyAdds + WORK_OF_A_NUMBER * activations <= LITTLE_WORK * modules;
}

/** Why the CPU backend is the one to run it, though WebGL was picked; undefined where it is not. */
export function whyCpu(document: ModelDocument): RunProblem | undefined {
  if (tf.getBackend() !== 'webgl' || !drawsOnProcessor() || !isManySmall(document)) return undefined;
  const message = `The CPU computes this model: WebGL is drawn on the processor here, and takes longer for ${checkDocument(document).modules} Modules that each have little to do.`;
  return { code: 'backend/cpu', message, hint: 'Other models run on WebGL as before.' };
}
