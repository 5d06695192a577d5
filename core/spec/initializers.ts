/** @file The initializers that a document can name, with their arguments: one table for forms, checks and construction. */
import * as make from '../random/initializers.ts';
import { deltaOrthogonal, orthogonal } from '../random/orthogonal.ts';
import { checkValue } from './check-value.ts';
import { p, type ArgsOf, type InitializerValue, type ParamSpecs, type ParamValue } from './params.ts';
import { reject, type Rejection } from './reject.ts';

export interface InitializerSpec {
  /** How values are distributed, for the user. */
  readonly doc: string;
  readonly params: ParamSpecs;
  readonly make: (args: ArgsOf<ParamSpecs>) => make.Initializer;
}

function defineInitializer<const P extends ParamSpecs>(
  doc: string,
  params: P,
  makeOne: (args: ArgsOf<P>) => make.Initializer,
): InitializerSpec {
  // The table holds initializers of every P; arguments are validated against `params` before they reach it.
  return { doc, params, make: makeOne as InitializerSpec['make'] };
}

const stddev = p.float({ default: 0.01, min: 0, doc: 'Standard deviation.' });
const fanAxes = {
  inAxis: p.ints({ default: -2, advanced: true, doc: 'The axes of inputs.' }),
  outAxis: p.ints({ default: -1, advanced: true, doc: 'The axes of outputs.' }),
  batchAxis: p.ints({ default: [], advanced: true, doc: 'Axes that are neither inputs nor outputs.' }),
};
const orthogonalParams = {
  scale: p.float({ default: 1, doc: 'Factor on all values.' }),
  columnAxis: p.int({ default: -1, advanced: true, doc: 'The axis whose vectors are orthogonal to each other.' }),
};
const varianceParams = {
  scale: p.float({ min: 0, doc: 'Variance times fan.' }),
  mode: p.choice({
    default: 'fan_in',
    choices: ['fan_in', 'fan_out', 'fan_avg', 'fan_geo_avg'],
    doc: 'The fan that divides the variance.',
  }),
  distribution: p.choice({
    default: 'truncated_normal',
    choices: ['truncated_normal', 'normal', 'uniform'],
    doc: 'Shape of the distribution.',
  }),
  ...fanAxes,
};

/** Initializers by name, in the order in which a list shows them. */
export const INITIALIZERS: Readonly<Record<string, InitializerSpec>> = {
  lecunNormal: defineInitializer('Normal with variance 1/fan-in (LeCun).', fanAxes, make.lecunNormal),
  lecunUniform: defineInitializer('Uniform with variance 1/fan-in (LeCun).', fanAxes, make.lecunUniform),
  glorotNormal: defineInitializer('Normal with variance 2/(fan-in + fan-out) (Glorot, Xavier).', fanAxes, make.glorotNormal),
  glorotUniform: defineInitializer('Uniform with variance 2/(fan-in + fan-out) (Glorot, Xavier).', fanAxes, make.glorotUniform),
  heNormal: defineInitializer('Normal with variance 2/fan-in, for relu (He, Kaiming).', fanAxes, make.heNormal),
  heUniform: defineInitializer('Uniform with variance 2/fan-in, for relu (He, Kaiming).', fanAxes, make.heUniform),
  zeros: defineInitializer('All 0.', {}, () => make.zeros),
  ones: defineInitializer('All 1.', {}, () => make.ones),
  constant: defineInitializer('All the same value.', { value: p.float({ default: 0, doc: 'The value.' }) }, ({ value }) =>
    make.constant(value),
  ),
  normal: defineInitializer('Normal around 0.', { stddev }, (args) => make.normal(args.stddev)),
  truncatedNormal: defineInitializer(
    'Normal around 0, cut off on both sides.',
    {
      stddev,
      lower: p.float({ default: -2, doc: 'Lower bound in standard deviations.' }),
      upper: p.float({ default: 2, doc: 'Upper bound in standard deviations.' }),
    },
    (args) => make.truncatedNormal(args.stddev, args.lower, args.upper),
  ),
  uniform: defineInitializer('Uniform from 0 to the scale.', { scale: p.float({ default: 0.01, doc: 'Upper bound.' }) }, ({ scale }) =>
    make.uniform(scale),
  ),
  varianceScaling: defineInitializer(
    'Variance divided by a fan of your choice.',
    varianceParams,
    ({ scale, mode, distribution, ...axes }) =>
      make.varianceScaling(scale, mode as make.FanMode, distribution as make.FanDistribution, axes),
  ),
  orthogonal: defineInitializer('A random orthogonal matrix.', orthogonalParams, ({ scale, columnAxis }) => orthogonal(scale, columnAxis)),
  deltaOrthogonal: defineInitializer(
    'Orthogonal in the middle of a convolution kernel, 0 elsewhere.',
    orthogonalParams,
    ({ scale, columnAxis }) => deltaOrthogonal(scale, columnAxis),
  ),
};

/** Other names that people know. */
const ALIASES: Readonly<Record<string, string>> = {
  xavierNormal: 'glorotNormal',
  xavierUniform: 'glorotUniform',
  kaimingNormal: 'heNormal',
  kaimingUniform: 'heUniform',
};

/** The name under which an initializer stands in the list, behind other names for it; undefined for an unknown one. */
export function initializerName(name: string): string | undefined {
  const known = Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name;
  return Object.hasOwn(INITIALIZERS, known) ? known : undefined;
}

function read(value: InitializerValue): {
  name: string;
  given: Readonly<Record<string, ParamValue>>;
  spec: InitializerSpec | undefined;
} {
  const { name, ...given } = typeof value === 'string' ? { name: value } : value;
  const known = initializerName(name);
  return { name, given, spec: known === undefined ? undefined : INITIALIZERS[known] };
}

/** What is wrong with an initializer as it stands in a document, or undefined. */
export function checkInitializer(param: string, value: InitializerValue): Rejection | undefined {
  const { name, given, spec } = read(value);
  if (spec) {
    for (const argument of new Set([...Object.keys(spec.params), ...Object.keys(given)])) {
      const problem = checkArgument(spec.params, argument, given[argument]);
      if (problem) return { ...problem, param, expected: `in ${param}, ${problem.expected}` };
    }
    return undefined;
  }
  const names = Object.keys(INITIALIZERS).join(', ');
  return { code: 'param/choice', param, expected: `${param} to be one of ${names}`, got: `"${name}"`, fix: `Choose one of ${names}.` };
}

function checkArgument(params: ParamSpecs, name: string, value: ParamValue | undefined): Rejection | undefined {
  const spec = Object.hasOwn(params, name) ? params[name] : undefined;
  const names = Object.keys(params).join(', ');
  if (!spec)
    return { code: 'param/unknown', expected: names ? `arguments among ${names}` : 'no arguments', got: name, fix: `Remove ${name}.` };
  if (value !== undefined) return checkValue(name, spec, value);
  return spec.default === undefined
    ? { code: 'param/missing', expected: `a value for ${name}`, got: 'none', fix: `Set ${name}.` }
    : undefined;
}

/**
 * The initializer of a name, or of a name with arguments; a function is one already.
 * @throws RejectionError for an unknown name or wrong arguments.
 */
export function toInitializer(value: InitializerValue | make.Initializer): make.Initializer {
  if (typeof value === 'function') return value;
  const problem = checkInitializer('the initializer', value);
  if (problem) reject(problem);
  const { given, spec } = read(value);
  const defaults = Object.fromEntries(Object.entries(spec!.params).map(([argument, { default: value }]) => [argument, value]));
  return spec!.make({ ...defaults, ...given } as ArgsOf<ParamSpecs>);
}
