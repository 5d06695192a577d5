/** @file Registers the WebGL backend. Only `core/run/backend.ts` and test set-ups import this. */
import '@tensorflow/tfjs-backend-webgl';
import { mendMatMul } from './mends/mat-mul-kernel.ts';
import { mendReductionsOfNothing } from './mends/of-nothing.ts';
import './mends/webgl/register.ts';

mendMatMul('webgl');
mendReductionsOfNothing('webgl');
