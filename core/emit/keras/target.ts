import { codeAndWeights } from '../python/loader.ts';
import type { Target } from '../target.ts';
import { KERAS_VERSION, refuseKeras, writeKeras } from './keras.ts';
import { kerasLoader } from './loader.ts';
import { writeTraining } from './train.ts';

export const kerasTarget: Target = {
  title: 'Keras 3',
  extension: 'py',
  language: 'python',
  emit: writeKeras,
  refuse: refuseKeras,
  files: (program, context) => codeAndWeights(writeKeras(program), context),
  loader: kerasLoader,
  requirements: [`keras==${KERAS_VERSION}`, 'jax', 'numpy', 'safetensors'],
  train: writeTraining,
};
