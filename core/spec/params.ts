/**
 * @file What a layer or an op can be told: the closed set of parameter kinds that the inspector, the emitters and
 * the document know. A parameter is written down once, here the vocabulary, in the descriptor the word.
 */
import type { TensorSpec } from './shape.ts';

/** Plain JSON, as it stands in a document. */
export type ParamValue = null | boolean | number | string | readonly ParamValue[] | { readonly [key: string]: ParamValue };

/** Evaluated arguments: every expression over class fields has become a value. */
export type Args = Readonly<Record<string, ParamValue>>;

/** How a Variable starts: a name of `core/random/initializers`, or a name with arguments, such as `{ name: 'constant', value: 0.5 }`. */
export type InitializerValue = string | { readonly name: string; readonly [argument: string]: ParamValue };

/** Padding in Flax's spelling: a name, one number for all sides, one per spatial axis, or pairs of (low, high). */
export type PaddingValue = string | number | readonly (number | readonly [number, number])[];

/** The value type of each kind. The inspector has one field per key; a new kind fails to compile until it has one. */
export interface ParamValues {
  int: number;
  float: number;
  bool: boolean;
  /** One of `choices`. */
  choice: string;
  text: string;
  /** One integer for all axes, or one per axis: kernel sizes, strides, axes, shapes. */
  ints: number | readonly number[];
  /** A name of a tensor type: 'float32', 'int32', 'bool'. */
  dtype: string;
  initializer: InitializerValue;
  /** The name of an activation op such as 'relu'. */
  activation: string;
  padding: PaddingValue;
}

export type ParamKind = keyof ParamValues;

interface ParamBase<K extends ParamKind, N extends boolean, D> {
  readonly kind: K;
  /** One sentence for the user: what it does. */
  readonly doc: string;
  /** Absent: the user (or `from`) must give it. */
  readonly default: D;
  /** `null` is a value too, shown as "none". */
  readonly nullable: N;
  /** A mode: `train`, `eval`, `view` and `setAttributes` flip it on a live Module, and nodes show it. */
  readonly mode?: boolean;
  /** Where the value is known from the inputs and the other arguments; a document may then leave it out. `undefined`: not known yet. */
  readonly from?: (inputs: Readonly<Record<string, TensorSpec>>, args: Args) => ParamValues[K] | undefined;
  readonly min?: number;
  readonly max?: number;
  /** The largest count: of a number alone, and of the entries of a list. Ports that are counted must stay few. */
  readonly maxCount?: number;
  readonly step?: number;
  readonly choices?: readonly string[];
  /** Shown behind the value: 'features', 'pixels'. */
  readonly unit?: string;
  /** What the editor writes into a new node where Flax has no default; it stands in the document from then on. */
  readonly start?: ParamValues[K];
  /** Seldom changed: the inspector folds it away. */
  readonly advanced?: boolean;
}

export type ParamSpec<K extends ParamKind = ParamKind, N extends boolean = boolean, D = unknown> = ParamBase<K, N, D>;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

/** The value of one parameter as `make`, `apply` and `infer` receive it. */
export type ValueOf<S extends ParamSpec> = S extends ParamSpec<infer K, infer N> ? ParamValues[K] | (true extends N ? null : never) : never;

/** All arguments, defaults filled in. */
export type ArgsOf<P extends ParamSpecs> = { readonly [N in keyof P]: ValueOf<P[N]> };

type OptionalNames<P extends ParamSpecs> = { [N in keyof P]: P[N] extends ParamSpec<ParamKind, boolean, undefined> ? never : N }[keyof P];

/** The options object of a layer's constructor: parameters with a default may be left out. */
export type OptionsOf<P extends ParamSpecs> = { readonly [N in OptionalNames<P>]?: ValueOf<P[N]> | undefined } & {
  readonly [N in Exclude<keyof P, OptionalNames<P>>]: ValueOf<P[N]>;
};

type Given<K extends ParamKind, V> = { doc: string; default?: V } & Partial<
  Pick<ParamBase<K, boolean, unknown>, 'mode' | 'from' | 'min' | 'max' | 'maxCount' | 'step' | 'choices' | 'unit' | 'start' | 'advanced'>
>;

function maker<K extends ParamKind>(kind: K) {
  function make<D extends ParamValues[K]>(given: Given<K, D> & { default: D }): ParamSpec<K, false, ParamValues[K]>;
  function make(given: Omit<Given<K, never>, 'default'>): ParamSpec<K, false, undefined>;
  function make(given: Given<K, ParamValues[K]>): ParamSpec<K, false, ParamValues[K] | undefined> {
    return { kind, nullable: false, default: undefined, ...given };
  }
  /** The same kind with `null` allowed; `null` is the default unless one is given. */
  function nullable(given: Given<K, ParamValues[K] | null>): ParamSpec<K, true, ParamValues[K] | null> {
    return { kind, nullable: true, ...given, default: given.default ?? null };
  }
  return Object.assign(make, { nullable });
}

/** Makers of parameter specs: `p.int({ min: 1, doc: '…' })`, `p.bool({ default: true, doc: '…' })`, `p.text.nullable({ doc: '…' })`. */
export const p = {
  int: maker('int'),
  float: maker('float'),
  bool: maker('bool'),
  choice: maker('choice'),
  text: maker('text'),
  ints: maker('ints'),
  dtype: maker('dtype'),
  initializer: maker('initializer'),
  activation: maker('activation'),
  padding: maker('padding'),
};
