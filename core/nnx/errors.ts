/** @file The error types of Python that Flax raises and JavaScript lacks. Key phrases of the messages are Flax's own. */
import { compareText } from './path.ts';

/** A value of the right type that cannot be used here. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}

/** A mapping has no such key. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

/** A position lies outside a sequence. */
export class IndexError extends Error {
  override readonly name = 'IndexError';
}

/** An object has no such attribute. A getter that throws it counts as absent. */
export class AttributeError extends Error {
  override readonly name = 'AttributeError';
}

/** Names as Python prints a list of text, sorted by code point: `['a', 'b']`. */
export function listText(names: Iterable<string>): string {
  return `[${[...names]
    .sort(compareText)
    .map((name) => `'${name}'`)
    .join(', ')}]`;
}
