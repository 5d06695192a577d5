/** @file Runs before every core test file in the browser: WebGL, with no part of it done on the CPU. */
import '../tensor/backend-webgl.ts';
import { tf } from '../tensor/tf.ts';

// Small tensors would otherwise be computed on the CPU, and the shaders never be tested.
tf.env().set('WEBGL_CPU_FORWARD', false);
tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
if (!(await tf.setBackend('webgl')))
  throw new Error('The WebGL backend did not start in this browser; start it with --enable-unsafe-swiftshader.');
