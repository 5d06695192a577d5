import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCamelCase, toSnakeCase } from './names.ts';

const word = fc.stringMatching(/^[a-z]{2,6}\d?$/);
const letters = [...'abcxyzABCXYZ_0129'];

describe('names (E6)', () => {
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
    ['gradOfX', 'grad_of_x'],
    ['layerX1', 'layer_x1'],
    ['if_', 'if_'],
    ['linear1', 'linear1'],
    ['_hiddenSize', '_hidden_size'],
    ['call', '__call__'],
  ])('TSD-002 turns %s into %s and back', (camel, snake) => {
    expect(toSnakeCase(camel)).toBe(snake);
    expect(toCamelCase(snake)).toBe(camel);
  });

  it.each([
    ['useRMSNorm', 'use_rms_norm'],
    ['HTTPSize', 'http_size'],
    ['conv2D', 'conv2d'],
    ['conv2Dense', 'conv2_dense'],
    ['myHTTP', 'my_http'],
    ['my_layerNorm', 'my_layer_norm'],
  ])('writes %s as a Python programmer would: %s', (name, snake) => {
    expect(toSnakeCase(name)).toBe(snake);
  });

  it.each(['Wq', 'x2', 'HTTP', '_private', '__init__', 'A', 'a', 'x_1', 'Foo', '_', 'Wq_', 'my_layer', 'hidden_layer', 'layer_2b'])(
    'leaves %s as the user wrote it',
    (name) => {
      expect(toSnakeCase(name)).toBe(name);
    },
  );

  it('gives every name of small words in camelCase back', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), ([first, ...others]) => {
        const name = first! + others.map((each) => each[0]!.toUpperCase() + each.slice(1)).join('');
        fc.pre(name !== 'call');
        expect(toCamelCase(toSnakeCase(name))).toBe(name);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('gives an identifier, which is left as it is when written again', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 14 }), (name) => {
        fc.pre(/^[A-Za-z_]/.test(name) && name !== 'call');
        const snake = toSnakeCase(name);
        expect(snake).toMatch(/^[A-Za-z_]\w*$/);
        expect(toSnakeCase(snake)).toBe(snake);
      }),
      { numRuns: 2000, seed: 2 },
    );
  });
});
