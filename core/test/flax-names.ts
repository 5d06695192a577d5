/** @file What Flax has under a name, as recorded from its signatures, and whether ours has it too: the evidence behind PARITY.md. */
import { readFileSync } from 'node:fs';
import recorded from '../fixtures/recorded/names.json' with { type: 'json' };
import * as core from '../index.ts';
import { toCamelCase } from '../nnx/names.ts';
import { findDescriptor } from '../registry.gen.ts';
import { RejectionError } from '../spec/reject.ts';

interface Recorded {
  /** Parameters of a constructor, or of a function those that may be left out. */
  readonly options: readonly string[];
  /** The same of `__call__`. */
  readonly call?: readonly string[];
  /** Public methods and properties, for classes. */
  readonly methods?: readonly string[];
}

const { names, ...described } = recorded as unknown as { names: readonly string[] } & Record<string, Recorded>;
const exported = core as unknown as Readonly<Record<string, unknown>>;
type AnyClass = (new (options: object) => object) & { prototype: object };

/** Every public name of flax.nnx. */
export const flaxNames: readonly string[] = names;

/** All options and methods that Flax has under a name. */
export function namesIn(flaxName: string): string[] {
  const { options, call = [], methods = [] } = find(flaxName);
  return [...options, ...call, ...methods];
}

/** The options and methods of a Flax name, in snake_case, that what we call `ours` lacks. */
export function lackingIn(flaxName: string, ours: string): string[] {
  const { options, call = [], methods = [] } = find(flaxName);
  const accepts =
    flaxName === ours && findDescriptor(flaxName)?.kind === 'layer'
      ? (option: string) => takesOption(flaxName, option)
      : (option: string) => mentions(ours, option);
  return [
    ...options.filter((option) => !accepts(toCamelCase(option))),
    ...call.filter((option) => !mentions(ours, toCamelCase(option))),
    ...methods.filter((name) => !has(ours, toCamelCase(name))),
  ];
}

function find(flaxName: string): Recorded {
  return (described as Record<string, Recorded>)[flaxName] ?? { options: [] };
}

/** Whether a layer's constructor knows the option, right or wrong as the value may be. */
function takesOption(type: string, option: string): boolean {
  const options: Record<string, unknown> = { ...findDescriptor(type)?.examples[0]?.args, rngs: new core.Rngs(0), [option]: null };
  for (;;)
    try {
      core.dispose(new (exported[type] as AnyClass)(options));
      return true;
    } catch (error) {
      if (!(error instanceof RejectionError) || error.rejection.code !== 'param/unknown') return true;
      if (error.rejection.param === option) return false;
      // An argument of documents only, such as the name of an RNN's cell.
      delete options[error.rejection.param!];
    }
}

/** Whether a function or the methods of a class read the option. */
function mentions(name: string, option: string): boolean {
  const file = files.get(name) ?? '';
  // In the file's types, where an option is declared; a local variable of that name must not count.
  if (READ_IN_HELPERS.test(file)) return new RegExp(`\\b${option}\\??: `).test(typedSource(file));
  return new RegExp(`\\b${option}\\b`).test(classChain(exported[name]).map(String).join('\n'));
}

/** Whether instances of a class, or what a module like `initializers` exports, have the method or property. */
function has(name: string, member: string): boolean {
  const owner = exported[name] as AnyClass | object;
  if (typeof owner !== 'function') return member in owner;
  return member in owner.prototype || new RegExp(`\\bthis\\.${member} =`).test(String(owner));
}

const index = readFileSync(new URL('../index.ts', import.meta.url), 'utf8');
const files = new Map(
  [...index.matchAll(/export \{([^}]+)\} from '([^']+)'/g)].flatMap(([, exports, file]) =>
    exports!.split(',').map((name) => [name.trim(), file!] as const),
  ),
);

/** These read their options in helpers of the same file and of `shared/`; of the others, a neighbour's options must not count. */
const READ_IN_HELPERS = /^\.\/(ops\/.*|nnx\/(capture|grad)\.ts)$/;

/** The code of a function's file, without comments and descriptor; and of the helpers to which it hands its options. */
function typedSource(file: string): string {
  const url = new URL(`.${file}`, import.meta.url);
  const code = readFileSync(url, 'utf8').split('\nexport const ')[0]!;
  const helpers = /\boptions\b/.test(code) ? [...code.matchAll(/from '(\.\/(?:shared\/|graph-mode)[^']+)'/g)] : [];
  return [code, ...helpers.map(([, path]) => readFileSync(new URL(path!, url), 'utf8'))].join('\n').replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '');
}

function classChain(value: unknown): unknown[] {
  return typeof value === 'function' ? [value, ...classChain(Object.getPrototypeOf(value))] : [];
}
