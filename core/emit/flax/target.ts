import type { Target } from '../target.ts';
import { codeAndWeights } from '../python/loader.ts';
import { FLAX_VERSION, writeFlax } from './flax.ts';
import { flaxLoader } from './loader.ts';
import { writeTraining } from './train.ts';

export const flaxTarget: Target = {
  title: 'Flax NNX',
  extension: 'py',
  language: 'python',
  emit: writeFlax,
  files: (program, context) => codeAndWeights(writeFlax(program), context),
  loader: (_, module) => flaxLoader(module),
  requirements: [`flax==${FLAX_VERSION}`, 'numpy', 'safetensors'],
  train: writeTraining,
  canShard: true,
};
