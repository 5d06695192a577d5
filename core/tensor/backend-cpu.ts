/** @file Registers the CPU backend. Only `core/run/backend.ts` and test set-ups import this. */
import '@tensorflow/tfjs-backend-cpu';
