/**
 * @file The one way between our names and Python's: camelCase <-> snake_case, without loss for every identifier of ours.
 *
 * Where a small letter or digit comes before it, a capital becomes an underscore and its small letter, and underscores that
 * already stand before a small letter get one more, so that the two stay apart:
 * `useRunningAverage` <-> `use_running_average`, `loraA` <-> `lora_a`, `layerX1` <-> `layer_x1`, `my_layer` <-> `my__layer`.
 * Everything else stays: `Wq`, `x2`, `if_`, `HTTP`, `_private`. The method `call` is `__call__`.
 * The other way round, a Python name is given back if it has no capital after a small letter or digit, as Python's style asks.
 */

/** The Python name of one of ours: attributes, options, recorded names. `toCamelCase` gives every name back. */
export function toSnakeCase(name: string): string {
  if (name === 'call') return '__call__';
  if (ESCAPED_CALL.test(name)) return `_${name}`;
  let out = '';
  for (let i = 0; i < name.length; i++) {
    const character = name[i]!;
    if (!WORD_END.test(out)) out += character;
    else if (/[A-Z]/.test(character)) out += `_${character.toLowerCase()}`;
    else if (character === '_') {
      const run = underscoresAt(name, i);
      i += run - 1;
      out += '_'.repeat(/[a-z]/.test(name[i + 1] ?? '') ? run + 1 : run);
    } else out += character;
  }
  return out;
}

/** Our name of a Python one. */
export function toCamelCase(name: string): string {
  if (name === '__call__') return 'call';
  if (ESCAPED_CALL.test(name)) return name.slice(1);
  let out = '';
  for (let i = 0; i < name.length; i++) {
    const run = i > 0 && WORD_END.test(name.slice(0, i)) ? underscoresAt(name, i) : 0;
    const next = name[i + run] ?? '';
    if (run === 0 || !/[a-z]/.test(next)) out += name[i]!;
    else {
      out += run === 1 ? next.toUpperCase() : '_'.repeat(run - 1);
      i += run === 1 ? 1 : run - 1;
    }
  }
  return out;
}

const WORD_END = /[a-z0-9]$/;
const ESCAPED_CALL = /^__+call__$/;

function underscoresAt(name: string, start: number): number {
  let end = start;
  while (name[end] === '_') end++;
  return end - start;
}
