/** @file Whether a value fits its parameter: kind, range, choices. */
import type { ParamKind, ParamSpec, ParamValue } from './params.ts';
import { infer, setTo, toDefault, type Mend } from './mend.ts';
import type { Rejection } from './reject.ts';

const PADDING_NAMES = ['SAME', 'VALID', 'SAME_LOWER', 'CIRCULAR', 'REFLECT', 'CAUSAL'];
export const DTYPES = ['float32', 'float16', 'bfloat16', 'int32', 'bool'] as const;

const isInteger = (value: unknown): value is number => Number.isInteger(value);
const isText = (value: unknown): value is string => typeof value === 'string';

/** What each kind accepts, and how that is said: "outFeatures to be an integer". */
const KINDS: Readonly<Record<ParamKind, { readonly noun: string; readonly accepts: (value: ParamValue) => boolean }>> = {
  int: { noun: 'an integer', accepts: isInteger },
  float: { noun: 'a number', accepts: (value) => typeof value === 'number' && Number.isFinite(value) },
  bool: { noun: 'true or false', accepts: (value) => typeof value === 'boolean' },
  choice: { noun: 'a choice', accepts: isText },
  text: { noun: 'a text', accepts: isText },
  ints: {
    noun: 'an integer or a list of integers',
    accepts: (value) => isInteger(value) || (Array.isArray(value) && value.every(isInteger)),
  },
  dtype: { noun: `one of ${DTYPES.join(', ')}`, accepts: (value) => DTYPES.some((name) => name === value) },
  initializer: {
    noun: "the name of an initializer, or one with arguments such as { name: 'constant', value: 0.5 }",
    accepts: (value) => isText(value) || (typeof value === 'object' && value !== null && 'name' in value && isText(value.name)),
  },
  activation: { noun: "the name of an activation such as 'relu'", accepts: (value) => isText(value) && /^[A-Za-z]\w*$/.test(value) },
  padding: {
    noun: `${PADDING_NAMES.join(', ')}, a number, or one number or pair per axis`,
    accepts: (value) =>
      isText(value)
        ? PADDING_NAMES.includes(value)
        : isInteger(value) || (Array.isArray(value) && value.every((side) => isInteger(side) || isPair(side))),
  },
};

function isPair(value: ParamValue): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(isInteger);
}

/** The problem with a value, or undefined where it fits. */
export function checkValue(name: string, spec: ParamSpec, value: ParamValue): Rejection | undefined {
  if (value === null) {
    return spec.nullable
      ? undefined
      : rejection(
          'param/kind',
          name,
          KINDS[spec.kind].noun,
          value,
          `Set ${name}, or clear it${spec.default === undefined ? '' : ' so that it takes its default'}.`,
          cleared(name, spec),
        );
  }
  const { noun, accepts } = KINDS[spec.kind];
  if (!accepts(value))
    return rejection('param/kind', name, noun, value, `Set ${name} to ${noun}.`, [...read(name, spec, value), ...cleared(name, spec)]);
  if (spec.choices && isText(value) && !spec.choices.includes(value)) {
    return rejection('param/choice', name, `one of ${spec.choices.join(', ')}`, value, `Choose one of ${spec.choices.join(', ')}.`, [
      ...otherCase(name, spec.choices, value),
      ...cleared(name, spec),
    ]);
  }
  return checkRange(name, spec, value) ?? checkLength(name, spec, value);
}

/** No axis is longer: lengths are 32-bit integers, in JAX as here. */
const LONGEST = 2 ** 31 - 1;

function checkLength(name: string, { kind, min = 0 }: ParamSpec, value: ParamValue): Rejection | undefined {
  const lengths = min > 0 && (kind === 'int' || kind === 'ints') ? [value].flat(2) : [];
  if (!lengths.some((each) => typeof each === 'number' && each > LONGEST)) return undefined;
  return rejection(
    'param/range',
    name,
    `at most ${LONGEST}, the largest 32-bit integer`,
    value,
    `Set ${name} to a length that a machine can hold.`,
    [],
  );
}

function checkRange(name: string, { min, max, maxCount }: ParamSpec, value: ParamValue): Rejection | undefined {
  const count = Array.isArray(value) ? value.length : typeof value === 'number' ? value : 0;
  if (maxCount !== undefined && count > maxCount)
    return rejection(
      'param/range',
      name,
      `at most ${maxCount}`,
      Array.isArray(value) ? count : value,
      `Set ${name} to ${maxCount} or less.`,
      Array.isArray(value) ? [] : [setTo(name, maxCount)],
    );
  const numbers = (Array.isArray(value) ? value.flat(2) : [value]).filter((each): each is number => typeof each === 'number');
  const low = min !== undefined && numbers.some((number) => number < min);
  const high = max !== undefined && numbers.some((number) => number > max);
  if (!low && !high) return undefined;
  const range = min === undefined ? `at most ${max}` : max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
  return rejection('param/range', name, range, value, `Set ${name} to ${low ? `${min} or more` : `${max} or less`}.`, [
    setTo(name, within(value, min, max)),
  ]);
}

/** The same with every number within the range. */
function within(value: ParamValue, min = -Infinity, max = Infinity): ParamValue {
  if (Array.isArray(value)) return value.map((each: ParamValue) => within(each, min, max));
  return typeof value === 'number' ? Math.min(max, Math.max(min, value)) : value;
}

/** What the value was meant to be: a number that was written as a text or with a fraction of nothing. */
function read(name: string, { kind, min = -Infinity, max = Infinity }: ParamSpec, value: ParamValue): readonly Mend[] {
  if (kind !== 'int' && kind !== 'float' && kind !== 'ints') return [];
  const number = isText(value) && value.trim() !== '' ? Number(value) : typeof value === 'number' ? Math.round(value) : NaN;
  const fits = (kind === 'float' ? Number.isFinite(number) : Number.isSafeInteger(number)) && number >= min && number <= max;
  return fits ? [setTo(name, number)] : [];
}

function otherCase(name: string, choices: readonly string[], value: string): readonly Mend[] {
  const meant = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
  return meant === undefined ? [] : [setTo(name, meant)];
}

/** Without the value, where it has a default or follows from the inputs. */
function cleared(name: string, spec: Pick<ParamSpec, 'default' | 'from'>): readonly Mend[] {
  if (spec.from) return [infer(name)];
  return spec.default === undefined ? [] : [toDefault(name, spec.default as ParamValue)];
}

function rejection(code: string, param: string, wish: string, value: ParamValue, fix: string, mends: readonly Mend[]): Rejection {
  return { code, param, expected: `${param} to be ${wish}`, got: JSON.stringify(value), fix, mends };
}
