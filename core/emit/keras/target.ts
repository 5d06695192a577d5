import type { Target } from '../target.ts';
import { refuseKeras, writeKeras } from './keras.ts';

export const kerasTarget: Target = { title: 'Keras 3', extension: 'py', language: 'python', emit: writeKeras, refuse: refuseKeras };
