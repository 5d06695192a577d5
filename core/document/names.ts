/**
 * @file Names that become names in code: they must be identifiers in Python and in TypeScript, and hide nothing that a
 * Module has.
 */

const PYTHON_KEYWORDS =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield';
const TYPESCRIPT_KEYWORDS =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield';
const KEYWORDS = new Set([...PYTHON_KEYWORDS.split(' '), ...TYPESCRIPT_KEYWORDS.split(' ')]);

/** Methods and attributes of every Module, in both spellings: a member of this name would hide one. */
const MODULE_NAMES = new Set(
  `call sow perturb train eval setAttributes set_attributes iterModules iter_modules iterChildren iter_children setView set_view
  constructor data static typeName tag rngs`.split(/\s+/),
);

/** Names that the emitted code uses for itself. */
const CODE_NAMES = new Set('self nnx jnp jax optax rngs tf model capturing tuple range list len int float bool str sum'.split(' '));

/** Keyword arguments of `set_attributes` and `with_attributes` that are no attributes. */
const ATTRIBUTE_OPTIONS = new Set('only graph raiseIfNotFound raise_if_not_found self'.split(' '));

/** Whether it means something to Python or TypeScript. */
export const isKeyword = (name: string): boolean => KEYWORDS.has(name);

export type NameUse = 'class' | 'member' | 'field' | 'input' | 'output' | 'probe' | 'type' | 'view' | 'attribute';

/** Why a name cannot be used, as the end of the sentence "expected …"; undefined if it can. */
export function nameFault(name: string, use: NameUse): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return 'a name of letters, digits and _ that starts with a letter';
  if (name.startsWith('_')) return 'a name that starts with a letter (names with _ are hidden)';
  if (name.length > 64) return 'a name of at most 64 letters';
  if (KEYWORDS.has(name)) return 'a name that is no keyword of Python or TypeScript';
  if (name in {}) return 'a name that not every object has';
  if (use === 'member' && MODULE_NAMES.has(name)) return 'a name that is no attribute of every Module';
  if (use === 'field' && (MODULE_NAMES.has(name) || CODE_NAMES.has(name)))
    return 'a name that Modules and their code do not use themselves';
  if (use === 'attribute' && ATTRIBUTE_OPTIONS.has(name)) return 'a name that is no option of setAttributes';
  if ((use === 'input' || use === 'class' || use === 'view') && CODE_NAMES.has(name)) return 'a name that the code does not use itself';
  return undefined;
}

/** The name itself if it is free, else the name with the first free number from 1: `linear`, `linear1`, `linear2`. */
export function uniqueName(name: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  if (!used.has(name)) return name;
  const word = name.replace(/\d+$/, '') || name;
  for (let number = 1; ; number++) if (!used.has(`${word}${number}`)) return `${word}${number}`;
}

/** The attribute's name for a type: `BatchNorm` gives `batchNorm`, `LSTMCell` gives `lstmCell`, `GRU` gives `gru`. */
export function memberNameFor(type: string): string {
  const capitals = /^[A-Z]+(?=[A-Z][a-z]|\d|$)/.exec(type)?.[0] ?? type.slice(0, 1);
  const name = (capitals.toLowerCase() + type.slice(capitals.length)).replace(/[^A-Za-z0-9_]/g, '');
  return nameFault(name, 'member') === undefined ? name : 'module';
}
