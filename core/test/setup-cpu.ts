/** @file Runs before every core test file in Node: the reference backend. */
import '../tensor/backend-cpu.ts';
import { tf } from '../tensor/tf.ts';

await tf.setBackend('cpu');
