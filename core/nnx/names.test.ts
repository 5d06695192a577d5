import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCamelCase, toSnakeCase } from './names.ts';

const first = [...'abcxyzABCXYZ_$'];
const identifier = fc
  .tuple(fc.constantFrom(...first), fc.array(fc.constantFrom(...first, ...'0129', 'é', '_'), { maxLength: 12 }))
  .map(([head, tail]) => head + tail.join(''));

describe('names', () => {
  it.each([
    ['useRunningAverage', 'use_running_average'],
    ['numFeatures', 'num_features'],
    ['deterministic', 'deterministic'],
    ['loraA', 'lora_a'],
    ['loraB', 'lora_b'],
    ['cachedKey', 'cached_key'],
    ['queryLn', 'query_ln'],
    ['batchNorm', 'batch_norm'],
    ['inKvFeatures', 'in_kv_features'],
    ['numKvHeads', 'num_kv_heads'],
    ['aInitializer', 'a_initializer'],
    ['useRMSNorm', 'use_r_m_s_norm'],
    ['gradOfX', 'grad_of_x'],
    ['layerX1', 'layer_x1'],
    ['if_', 'if_'],
    ['linear1', 'linear1'],
    ['_hiddenSize', '_hidden_size'],
    ['my_layer', 'my__layer'],
    ['call', '__call__'],
  ])('TSD-002 turns %s into %s and back', (camel, snake) => {
    expect(toSnakeCase(camel)).toBe(snake);
    expect(toCamelCase(snake)).toBe(camel);
  });

  it.each(['Wq', 'x2', 'HTTP', '_private', 'my$', '__init__', 'A', 'a', 'x_1', 'Foo', '_', 'Wq_'])(
    'leaves %s as the user wrote it',
    (name) => {
      expect(toSnakeCase(name)).toBe(name);
      expect(toCamelCase(name)).toBe(name);
    },
  );

  it('gives back every identifier, so that no two of ours share a Python name', () => {
    fc.assert(
      fc.property(identifier, (name) => {
        expect(toCamelCase(toSnakeCase(name))).toBe(name);
      }),
      { numRuns: 5000, seed: 1 },
    );
  });

  it('gives back every Python name without a capital after a small letter', () => {
    fc.assert(
      fc.property(identifier, (name) => {
        fc.pre(!/[a-z0-9][A-Z]/.test(name) && name !== 'call');
        expect(toSnakeCase(toCamelCase(name))).toBe(name);
      }),
      { numRuns: 5000, seed: 2 },
    );
  });
});
