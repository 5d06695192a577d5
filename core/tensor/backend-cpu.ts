/** @file Registers the CPU backend. Only `core/run/backend.ts` and test set-ups import this. */
import '@tensorflow/tfjs-backend-cpu';
import { mendErfOnCpu } from './mends/erf-cpu.ts';
import { registerGateOnCpu } from './mends/gate.ts';
import { mendMatMul } from './mends/mat-mul-kernel.ts';
import { mendMaxPoolOnCpu } from './mends/max-pool-cpu.ts';
import { mendReductionsOfNothing } from './mends/of-nothing.ts';

mendMatMul('cpu');
mendReductionsOfNothing('cpu');
mendMaxPoolOnCpu();
mendErfOnCpu();
registerGateOnCpu();
