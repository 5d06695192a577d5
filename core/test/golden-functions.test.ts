/** @file Functions of the library against Flax: activations, pooling, attention and masks, with their gradients. */
import { describe, expect, it } from 'vitest';
import { weighted } from '../fixtures/formula.ts';
import type { Recorded } from '../fixtures/load.ts';
import { toCamelCase } from '../nnx/names.ts';
import { tensorsIn } from '../nnx/ownership.ts';
import { avgPool } from '../ops/avg-pool.ts';
import { maxPool } from '../ops/max-pool.ts';
import { minPool } from '../ops/min-pool.ts';
import { registry, type OpType } from '../registry.gen.ts';
import { fillDefaults } from '../spec/args.ts';
import type { OpDescriptor } from '../spec/define.ts';
import { gradients } from '../tensor/gradients.ts';
import type { tf } from '../tensor/tf.ts';
import { callPlanned, floatInputs } from './golden/build.ts';
import { FUNCTIONS } from './golden/classes.ts';
import { CLOSE, expectRecorded } from './golden/compare.ts';
import { casesOf, functionCases, recordedOf, runCase } from './golden/run.ts';

describe.each(functionCases())('%s %s', (_id, _title, planned) => {
  it('gives what Flax gives', () => {
    const recorded = recordedOf(planned);
    const fn = FUNCTIONS[toCamelCase(planned.fn!)] as (...args: never[]) => unknown;
    runCase(planned, (inputs) => {
      const out = callPlanned(fn, planned.call!, inputs);
      expectRecorded(out, recorded['out'], CLOSE, 'out');
      if (planned.record.includes('loss')) expectRecorded(weighted(tensorsIn(out)), recorded['loss'], CLOSE, 'loss');
      if (!planned.record.includes('grad_inputs')) return;
      const names = floatInputs(planned.call!, inputs);
      const grads = gradients(
        () => weighted(tensorsIn(callPlanned(fn, planned.call!, inputs))),
        names.map((name) => inputs[name]!),
      );
      const wanted = recorded['grad_inputs'] as Readonly<Record<string, Recorded>>;
      expect(names).toEqual(Object.keys(wanted).sort());
      for (const [i, name] of names.entries()) expectRecorded(grads[i], wanted[name], CLOSE, `gradient of ${name}`);
    });
  });
});

/** By the names that Flax has beside ours. */
const OTHER_NAMES: Readonly<Record<string, OpType>> = { swish: 'silu', hardSwish: 'hardSilu' };

describe.each(casesOf('activations'))('%s %s', (_id, _title, planned) => {
  it.each(planned.params!.names)('%s', (name) => {
    const recorded = recordedOf(planned);
    const [type, given] = name === 'gelu_exact' ? (['gelu', { approximate: false }] as const) : ([toCamelCase(name), {}] as const);
    const op = registry[(OTHER_NAMES[type] ?? type) as OpType] as OpDescriptor;
    const activation = (x: tf.Tensor) => op.apply({ x }, fillDefaults(op.params, given) as never) as tf.Tensor;
    runCase(planned, ({ x }) => {
      expectRecorded(activation(x!), recorded[`value:${name}`], CLOSE, 'value');
      const [gradient] = gradients(() => weighted([activation(x!)]), [x!]);
      expectRecorded(gradient, recorded[`grad:${name}`], CLOSE, 'gradient');
    });
  });
});

it.each(casesOf('pools'))('%s %s', (_id, _title, planned) => {
  const recorded = recordedOf(planned);
  runCase(planned, ({ x, s }) => {
    const average = (countIncludePad = true) => avgPool(x!, [2, 2], { strides: [2, 2], padding: 'SAME', countIncludePad });
    const found = {
      avg_valid: avgPool(x!, [2, 2]),
      avg_same_include: average(),
      avg_same_exclude: average(false),
      max_same: maxPool(x!, [3, 3], { strides: [2, 2], padding: 'SAME' }),
      max_valid_stride2: maxPool(s!, [2], { strides: [2] }),
      min_padded: minPool(s!, [2], { padding: [[1, 0]] }),
      grad_avg: gradients(() => weighted([average()]), [x!])[0],
      grad_max: gradients(() => weighted([maxPool(x!, [2, 2])]), [x!])[0],
    };
    expect(Object.keys(found).sort()).toEqual([...planned.record].sort());
    for (const [name, tensor] of Object.entries(found)) expectRecorded(tensor, recorded[name], CLOSE, name);
  });
});
