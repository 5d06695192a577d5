/** @file Attention over more than one call: captured weights, and decoding position by position with a cache. */
import { expect, it } from 'vitest';
import type { MultiHeadAttention } from '../layers/multi-head-attention.ts';
import { capture, method, type BoundMethod } from '../nnx/capture.ts';
import { dispose } from '../nnx/dispose.ts';
import { toCamelCase } from '../nnx/names.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { Intermediate } from '../nnx/variable.ts';
import { view } from '../nnx/view.ts';
import { tf } from '../tensor/tf.ts';
import { argument, prepare, variablesOf } from './golden/build.ts';
import { CLOSE, expectRecorded, expectRecordedState } from './golden/compare.ts';
import { casesOf, recordedOf, runCase, stateOf } from './golden/run.ts';

it.each(casesOf('capture_intermediate'))('%s %s', (_id, _title, planned) => {
  const recorded = recordedOf(planned);
  runCase(planned, (inputs) => {
    const module = prepare(planned) as MultiHeadAttention;
    const args = (planned.call!.args ?? []).map((each) => argument(each, inputs));
    const options = Object.fromEntries(
      Object.entries(planned.call!.kw ?? {}).map(([name, each]) => [toCamelCase(name), argument(each, inputs)]),
    );
    const target = method(module, 'call') as unknown as BoundMethod<unknown[], tf.Tensor>;
    const [out, captured] = capture(target, [Intermediate])(...args, options);
    expectRecorded(out, recorded['out'], CLOSE, 'out');
    expectRecordedState(captured.flat(), stateOf(recorded['captured']), CLOSE, 'captured');
    return [module, captured];
  });
});

it.each(casesOf('mha_decode'))('%s %s', (_id, _title, planned) => {
  const recorded = recordedOf(planned);
  runCase(planned, ({ x }) => {
    const module = prepare(planned) as MultiHeadAttention;
    module.initCache(planned.cache_shape ?? x!.shape);
    const steps = tf.split(x!, x!.shape.at(-2)!, -2).map((position) => module.call(position));
    expectRecorded(steps, recorded['step_outputs'], CLOSE, 'step_outputs');
    const caches = variablesOf(module).filter(([, variable]) => typeNameOf(variable) === 'Cache');
    expectRecordedState(caches, stateOf(recorded['state:Cache']), CLOSE, 'state:Cache');
    return module;
  });
});

it('SVW-011 SVW-012 makes an empty cache in a view that is told both sizes, where Flax never does', () => {
  const [, , planned] = casesOf('mha_decode')[0]!;
  runCase(planned, () => {
    const module = prepare(planned) as MultiHeadAttention;
    const decoding = view(module, { decode: true, batchSize: 2, maxLength: 5 });
    expect([decoding.cachedKey!.shape, decoding.cachedValue!.shape, decoding.cacheIndex!.value.dataSync()[0]]).toEqual([
      [2, 5, 2, 2],
      [2, 5, 2, 2],
      0,
    ]);
    expect(module.cachedKey).toBeNull();
    expect(() => view(module, { decode: true, batchSize: 2 })).toThrow("'maxLength' must be provided when initializing cache.");
    expect(() => view(module, { decode: true, maxLength: 5 })).toThrow("'batchSize' must be provided when initializing cache.");
    expect(view(module, { decode: true }).cachedKey).toBeNull();
    dispose([decoding.cachedKey, decoding.cachedValue, decoding.cacheIndex]);
    return module;
  });
});
