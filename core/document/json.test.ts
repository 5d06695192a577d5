import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJson } from './json.ts';

const faultOf = (text: string) => {
  const result = parseJson(text);
  return result.ok ? undefined : `${result.fault.column}: ${result.fault.expected}`;
};

it('reads what was written, whatever the texts hold', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = JSON.stringify(value);
      if (text.includes('"__proto__":')) return;
      expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      expect(parseJson(`\uFEFF${text}`)).toEqual({ ok: true, value: JSON.parse(text) });
    }),
    { seed: 3, numRuns: 300 },
  );
});

it('finds a key that is there twice at any depth, whatever colons and quotes stand in texts', () => {
  expect(faultOf('[{"a:":"\\":","b":{"\\\\":1,"b":[{"k":1,"k":2}]}}]')).toBe('38: each key once');
  expect(parseJson('[{"a:":"\\":","b":{"\\\\":1,"b":[{"k":1,"l":2}]}}]').ok).toBe(true);
  expect(faultOf('{"k":1,"\\u006b":2}')).toBe('8: each key once');
});

it('refuses what the platform takes: __proto__ in any spelling, numbers beyond all bounds, deep nesting', () => {
  expect(faultOf('{"a":{"\\u005f_proto__":1}}')).toBe('7: a key other than __proto__');
  expect(faultOf('[1e999]')).toBe('2: a number below 1.8e308');
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(faultOf(nested(200))).toBeUndefined();
  expect(faultOf(nested(201))).toBe('201: at most 200 levels of nesting');
  expect(faultOf(nested(100_000))).toBe('201: at most 200 levels of nesting');
});
