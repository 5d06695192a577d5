import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import irisCsv from '../../assets/data/iris.csv?raw';
import { EXAMPLES, example } from '../test/examples.ts';
import { alarms, diagnosed } from '../test/planted.ts';
import { template, TEMPLATES } from '../test/templates.ts';

const assets = { 'digits.csv': digitsCsv, 'iris.csv': irisCsv };
const documents = [
  ...EXAMPLES.map((name) => [name, () => example(name)] as const),
  ...TEMPLATES.map(({ name }) => [name, () => template(name)] as const),
];
/** A step of them takes the CPU seconds: they are looked at in smaller batches, and for fewer steps. */
const LARGE: Readonly<Record<string, { readonly batchSize: number; readonly steps: number }>> = {
  'resnet-18': { batchSize: 8, steps: 1 },
  'u-net': { batchSize: 2, steps: 2 },
  'residual-cnn': { batchSize: 8, steps: 2 },
  'lstm-sequence': { batchSize: 4, steps: 15 },
  'causal-decoder': { batchSize: 2, steps: 12 },
  'transformer-encoder': { batchSize: 2, steps: 15 },
  'gru-sequence': { batchSize: 16, steps: 50 },
  'lora-encoder': { batchSize: 16, steps: 50 },
};

describe('no alarm is raised by', () => {
  it.each(documents)(
    '%s, fresh and trained',
    async (name, open) => {
      const document = open();
      const { batchSize = document.run.batchSize, steps = 50 } = LARGE[name] ?? {};
      const small = { ...document, run: { ...document.run, batchSize } };
      expect(alarms(await diagnosed(small, { assets }))).toEqual([]);
      expect(alarms(await diagnosed(small, { task: 'train', assets, steps }))).toEqual([]);
    },
    120_000,
  );
});
