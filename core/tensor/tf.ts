/**
 * @file TensorFlow.js as core uses it: the core package with every gradient registered, and no backend.
 * Nothing outside this folder imports TensorFlow.js itself; `core/run/backend.ts` picks the backend.
 */
import * as tf from '@tensorflow/tfjs-core';
// The core package registers no gradients by itself: tf.grad would throw "gradient function not found".
import '@tensorflow/tfjs-core/dist/register_all_gradients';
// Some of them are wrong, refuse what is needed, or are missing.
import './mends/register.ts';
import { mendTapeOrder } from './mends/tape-order.ts';

mendTapeOrder();

export { tf };
