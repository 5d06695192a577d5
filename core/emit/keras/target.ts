import type { Target } from '../target.ts';
import { KERAS_VERSION, refuseKeras, writeKeras } from './keras.ts';

import { writeTraining } from './train.ts';

export const kerasTarget: Target = {
  title: 'Keras 3',
  extension: 'py',
  language: 'python',
  emit: writeKeras,
  refuse: refuseKeras,
  train: writeTraining,
  requirements: [`keras==${KERAS_VERSION}`, 'safetensors'],
};
