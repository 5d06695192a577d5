import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateExpression, expressionNames, parseExpression, printExpression, renameInExpression } from './expression.ts';

const scope = {
  width: { type: 'int', value: 7 },
  rate: { type: 'float', value: 0.5 },
  flag: { type: 'bool', value: true },
} as const;

function value(text: string) {
  const result = evaluateExpression(text, scope);
  if (!result.ok) throw new Error(result.error.expected);
  return [result.value.type, result.value.value];
}

function fault(text: string) {
  const result = evaluateExpression(text, scope);
  if (result.ok) throw new Error(`read as ${String(result.value.value)}`);
  return `${result.error.column}: ${result.error.expected} | ${result.error.got}`;
}

// The values are what Python prints.
it.each([
  ['4 * width', 'int', 28],
  ['width / 2', 'float', 3.5],
  ['8 / 2', 'float', 4],
  ['width // 2', 'int', 3],
  ['-7 // 2', 'int', -4],
  ['7 // -2', 'int', -4],
  ['-7 % 3', 'int', 2],
  ['7 % -3', 'int', -2],
  ['7.5 // 2', 'float', 3],
  ['2 ** 3 ** 2', 'int', 512],
  ['-2 ** 2', 'int', -4],
  ['2 ** -1', 'float', 0.5],
  ['1 - 2 - 3', 'int', -4],
  ['2 * (3 + 4)', 'int', 14],
  ['+width', 'int', 7],
  ['rate * 2', 'float', 1],
  ['1e3', 'float', 1000],
  ['flag', 'bool', true],
  ['  width', 'int', 7],
])('reads %s as Python does', (text, type, number) => {
  expect(value(text)).toEqual([type, number]);
});

it.each([
  ['4 * ', '5: a number, a field name or "(" | the end of the expression'],
  ['4 width', '3: an operator or the end | "width" at column 3'],
  ['(1 + 2', '7: ")" | the end of the expression'],
  ['depth * 2', '1: a field among width, rate, flag | "depth"'],
  ['width / 0', '7: a divisor other than 0 | 0'],
  ['flag + 1', '6: numbers to reckon with | the bool true'],
  ['10 ** 400', '4: a number that can be reckoned with | Infinity'],
  ['width; x', '6: an operator or the end | ";" at column 6'],
  ['007', '2: an operator or the end | "0" at column 2'],
  ['constructor', '1: a field among width, rate, flag | "constructor"'],
])('says what is wrong with %s', (text, message) => {
  expect(fault(text)).toBe(message);
});

it('refuses endless nesting instead of overflowing', () => {
  expect(fault('('.repeat(400) + '1' + ')'.repeat(99))).toContain('at most 50 levels of nesting');
  expect(fault('-'.repeat(400) + '1')).toContain('at most 50 levels of nesting');
  expect(fault('1+'.repeat(4000) + '1')).toContain('at most 500 characters');
});

it('never throws, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab1.e+-*/%() _$"'.split('')), maxLength: 20 }), (text) => {
      parseExpression(text);
      evaluateExpression(text, scope);
      expressionNames(text);
    }),
    { seed: 2, numRuns: 500 },
  );
});

it('agrees with JavaScript where both mean the same', () => {
  const sum = fc.array(fc.tuple(fc.constantFrom('+', '-', '*'), fc.integer({ min: 0, max: 99 })), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(sum, (parts) => {
      const text = `1 ${parts.map(([sign, number]) => `${sign} ${number}`).join(' ')}`;
      const products = text.split(/ (?=[+-])/).map((term) => {
        const [first, ...factors] = term
          .replace(/^([+-]) /, '$1')
          .split(' * ')
          .map(Number);
        return factors.reduce((a, b) => a * b, first!);
      });
      const total = products.reduce((a, b) => a + b, 0);
      expect(value(text)[1]).toBe(total === 0 ? 0 : total);
    }),
    { seed: 3, numRuns: 200 },
  );
});

it('finds and renames names without touching the rest', () => {
  expect(expressionNames('4 * width + width // depth')).toEqual(['width', 'depth']);
  expect(renameInExpression('4 * width + ( width2//width )', 'width', 'w')).toBe('4 * w + ( width2//w )');
});

describe('an expression printed from its tree (X1)', () => {
  const print = (text: string) => {
    const parsed = parseExpression(text);
    return parsed.ok ? printExpression(parsed.value, (name) => name.toUpperCase()) : undefined;
  };

  it.each([
    ['aB*1e5', 'AB * 100000.0'],
    ['(a+b) * c', '(A + B) * C'],
    ['a+(b*c)', 'A + B * C'],
    ['a-(b-c)', 'A - (B - C)'],
    ['(-a) ** 2', '(-A) ** 2'],
    ['-a ** 2', '-A ** 2'],
    ['2 ** (3 ** 2)', '2 ** 3 ** 2'],
    ['(2 ** 3) ** 2', '(2 ** 3) ** 2'],
    ['a // (b % 2)', 'A // (B % 2)'],
    ['1.5', '1.5'],
  ])('writes %s as %s', (text, printed) => {
    expect(print(text)).toBe(printed);
  });

  it('has the value that it had', () => {
    const leaf = fc.oneof(fc.nat(9).map(String), fc.constantFrom('a', 'b'));
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        leaf,
        fc
          .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '//', '%', '**'), tie('expression'))
          .map(([a, o, b]) => `(${a}${o}${b})`),
        tie('expression').map((each) => `(-${each})`),
      ),
    }));
    const scope = { a: { type: 'int', value: 3 }, b: { type: 'float', value: 0.5 } } as const;
    fc.assert(
      fc.property(expression, (text) => {
        const parsed = parseExpression(text);
        fc.pre(parsed.ok);
        const again = evaluateExpression(
          printExpression(parsed.value, (name) => name),
          scope,
        );
        const before = evaluateExpression(text, scope);
        expect(again.ok).toBe(before.ok);
        if (again.ok && before.ok) expect(again.value).toEqual(before.value);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('refuses a number beyond all numbers (X11)', () => {
    expect(parseExpression('1e999').ok).toBe(false);
  });
});
