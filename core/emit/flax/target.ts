import type { Target } from '../target.ts';
import { writeFlax } from './flax.ts';
import { writeTraining } from './train.ts';

export const flaxTarget: Target = { title: 'Flax NNX', extension: 'py', language: 'python', emit: writeFlax, train: writeTraining };
