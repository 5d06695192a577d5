/**
 * @file The one way from our names to Python's, camelCase to snake_case as a Python programmer would: `useRunningAverage` is
 * `use_running_average`, `loraA` `lora_a`, `useRMSNorm` `use_rms_norm`, `HTTPSize` `http_size`, `conv2D` `conv2d`.
 *
 * A name without a capital behind a small letter or digit stays as it is: what is snake_case already (`hidden_layer`), and `Wq`, `x2`, `HTTP`,
 * `Foo`, `_private`. So two names may meet in Python (`hiddenLayer` and `hidden_layer`): `core/check` shows it where both stand in one class.
 * The method `call` is `__call__`.
 */

/** The Python name of one of ours: attributes, options, recorded names. */
export function toSnakeCase(name: string): string {
  if (name === 'call') return '__call__';
  if (!HUMP.test(name)) return name;
  return name.replace(WORD_BREAK, '_').toLowerCase();
}

/** Our name of a Python one, which has no capital in it: `toSnakeCase` gives it back. */
export function toCamelCase(name: string): string {
  if (name === '__call__') return 'call';
  return name.replace(/(?<=[A-Za-z0-9])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A capital behind a small letter or digit, or the last of several before a small letter. */
const HUMP = /[a-z0-9][A-Z]|[A-Z][A-Z][a-z]/;
/** Where a word ends: before a capital behind a small letter, or behind a digit if a word begins there, and before the last of several capitals. */
const WORD_BREAK = /(?<=[a-z])(?=[A-Z])|(?<=[0-9])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])/g;
