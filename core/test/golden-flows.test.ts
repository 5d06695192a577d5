/** @file Cases of more than one call: statistics and masks that move on, the order in which modes are asked for, carries. */
import { describe, expect, it } from 'vitest';
import type { BatchNorm } from '../layers/batch-norm.ts';
import { Dropout } from '../layers/dropout.ts';
import { flipSequences } from '../layers/shared/sequences.ts';
import type { RecurrentCell } from '../layers/shared/recurrent-cell.ts';
import type { SpectralNorm } from '../layers/spectral-norm.ts';
import { Rngs } from '../nnx/rngs.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { BatchStat } from '../nnx/variable.ts';
import { view } from '../nnx/view.ts';
import type { tf } from '../tensor/tf.ts';
import { argument, callPlanned, prepare, variablesOf } from './golden/build.ts';
import { CLOSE, expectRecorded, expectRecordedState, expectStreams } from './golden/compare.ts';
import { casesOf, recordedOf, runCase, stateOf } from './golden/run.ts';

const statsOf = (module: unknown) => variablesOf(module).filter(([, variable]) => variable instanceof BatchStat);

it.each(casesOf('bn_two_steps'))('%s %s', (_id, _title, planned) => {
  const recorded = recordedOf(planned);
  runCase(planned, ({ x, x2 }) => {
    const module = prepare(planned) as BatchNorm;
    for (const [step, input] of [x!, x2!].entries()) {
      expectRecorded(module.call(input), recorded[`out_step${step + 1}`], CLOSE, `step ${step + 1}`);
      expectRecordedState(statsOf(module), stateOf(recorded[`stats_step${step + 1}`]), CLOSE, `step ${step + 1}`);
    }
    module.eval();
    expectRecorded(module.call(x!), recorded['out_eval'], CLOSE, 'eval');
    return module;
  });
});

it.each(casesOf('spectral'))('%s %s', (_id, _title, planned) => {
  const recorded = recordedOf(planned);
  runCase(planned, ({ x }) => {
    const module = prepare(planned) as SpectralNorm;
    expectRecorded(module.call(x!, { updateStats: true }), recorded['out_update'], CLOSE, 'out_update');
    expectRecorded(module.batchStats['kernel/u']!.value, recorded['u'], CLOSE, 'u');
    expectRecorded(module.batchStats['kernel/sigma']!.value, recorded['sigma'], CLOSE, 'sigma');
    const [, kernel] = variablesOf(module.layerInstance).find(([path]) => path.at(-1) === 'kernel')!;
    expectRecorded(kernel.value, recorded['kernel_after'], CLOSE, 'kernel_after');
    expectRecorded(module.call(x!, { updateStats: false }), recorded['out_eval'], CLOSE, 'out_eval');
    return module;
  });
});

it.each(casesOf('dropout_det'))('%s %s', (_id, _title, planned) => {
  const recorded = recordedOf(planned);
  runCase(planned, ({ x }) => {
    const module = prepare(planned) as Dropout;
    const found = {
      det_call: module.call(x!, { deterministic: true }),
      rate0: new Dropout({ rate: 0 }).call(x!),
      rate1: new Dropout({ rate: 1 }).call(x!),
      attr_true: view(module, { deterministic: true }).call(x!),
      call_false_rate0: new Dropout({ rate: 0, deterministic: true }).call(x!, { deterministic: false }),
    };
    for (const [name, tensor] of Object.entries(found)) expectRecorded(tensor, recorded[name], CLOSE, name);
    expect(found.det_call, 'the very same tensor').toBe(x);
  });
});

describe.each(casesOf('repeated'))('%s %s', (_id, _title, planned) => {
  it('gives what Flax gives, call after call, and ends in the same state', () => {
    const recorded = recordedOf(planned);
    runCase(planned, (inputs) => {
      const module = prepare(planned);
      const outs = Array.from({ length: planned.repeat! }, () => callPlanned(module, planned.call!, inputs));
      expectRecorded(outs, recorded['outs'], CLOSE, 'outs');
      for (const name of planned.record.filter((each) => each.startsWith('state:'))) {
        const type = name.slice('state:'.length);
        if (type === 'RngState') expectStreams(variablesOf(module), stateOf(recorded[name]));
        else
          expectRecordedState(
            variablesOf(module).filter(([, variable]) => typeNameOf(variable) === type),
            stateOf(recorded[name]),
            CLOSE,
            name,
          );
      }
      return module;
    });
  });
});

it.each(casesOf('initial_carry'))('%s %s', (_id, _title, planned) => {
  runCase(planned, ({ x }) => {
    const module = prepare(planned) as unknown as RecurrentCell;
    expectRecorded(module.initializeCarry(x!.shape, { rngs: new Rngs(0) }), recordedOf(planned)['out'], CLOSE, 'carry');
    return module;
  });
});

it.each(casesOf('rnn_flip'))('%s %s', (_id, _title, planned) => {
  runCase(planned, ({ x }) => {
    const lengths = (argument(planned.call!.kw?.['seq_lengths'] ?? null) as tf.Tensor | null) ?? null;
    const flipped = flipSequences(x!, lengths, { numBatchDims: x!.rank - 2, timeMajor: false });
    expectRecorded(flipped, recordedOf(planned)['out'], CLOSE, 'out');
  });
});
