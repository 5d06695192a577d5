/** @file Arguments of layers and ops as Keras takes them, by the kind of the parameter. */
import { isExpression } from '../../document/arguments.ts';
import type { Argument } from '../../document/schema.ts';
import { INITIALIZERS, initializerName } from '../../spec/initializers.ts';
import { kerasGap, type ParamKind, type ParamValue } from '../../spec/index.ts';
import { writeExpression } from '../python/expression.ts';
import { writeFloat, writePlain, writeTuple } from '../python/literal.ts';
import { pythonName } from '../python/names.ts';
import { writeText } from '../python/text.ts';

/** A parameter's value, or an expression over fields, of which `field` gives the source. @throws KerasGap */
export function writeArgument(kind: ParamKind, argument: Argument, field: (name: string) => string): string {
  if (isExpression(argument)) return writeExpression(argument.$, field);
  if (argument === null) return 'None';
  switch (kind) {
    case 'float':
      return typeof argument === 'number' ? writeFloat(argument) : writePlain(argument as ParamValue);
    case 'dtype':
      return writeText(String(argument));
    case 'initializer':
      return writeInitializer(argument);
    case 'activation':
      return writeActivation(String(argument));
    case 'ints':
    case 'padding':
      return Array.isArray(argument)
        ? writeTuple(argument.map((item: Argument) => writeArgument(kind, item, field)))
        : writePlain(argument as ParamValue);
    case 'int':
    case 'bool':
    case 'choice':
    case 'text':
      return writePlain(argument as ParamValue);
  }
}

/** Those that Keras knows by the same name, with the same meaning. */
const BY_NAME = new Set([
  'tanh',
  'sigmoid',
  'relu',
  'relu6',
  'elu',
  'celu',
  'selu',
  'silu',
  'softplus',
  'hardSigmoid',
  'hardSilu',
  'hardTanh',
  'logSigmoid',
]);

function writeActivation(name: string): string {
  if (BY_NAME.has(name)) return writeText(pythonName(name));
  if (name === 'identity') return "'linear'";
  if (name === 'softSign') return "'softsign'";
  // By name Keras takes the exact formula.
  if (name === 'gelu') return 'ops.gelu';
  return kerasGap(`Keras has no activation ${name} that a layer takes by name.`);
}

/** Initializers whose name is enough. */
const PLAIN: Readonly<Record<string, string>> = {
  lecunNormal: 'lecun_normal',
  lecunUniform: 'lecun_uniform',
  glorotNormal: 'glorot_normal',
  glorotUniform: 'glorot_uniform',
  heNormal: 'he_normal',
  heUniform: 'he_uniform',
  zeros: 'zeros',
  ones: 'ones',
};

function writeInitializer(value: Argument): string {
  const { name, ...given } = (typeof value === 'string' ? { name: value } : value) as { name: string; [argument: string]: ParamValue };
  const known = initializerName(name) ?? kerasGap(`There is no initializer ${name}.`);
  const { params } = INITIALIZERS[known]!;
  const argument = (key: string) => given[key] ?? params[key]?.default ?? null;
  const axes = ['inAxis', 'outAxis', 'batchAxis', 'columnAxis'].filter((key) => given[key] !== undefined);
  const odd = axes.find((key) => JSON.stringify(given[key]) !== JSON.stringify(params[key]?.default));
  if (odd !== undefined) return kerasGap(`An initializer of Keras has no ${odd}.`);
  const float = (key: string) => writeFloat(argument(key) as number);
  if (PLAIN[known] !== undefined) return writeText(PLAIN[known]);
  const make = (type: string, ...parts: readonly string[]) => `keras.initializers.${type}(${parts.join(', ')})`;
  switch (known) {
    case 'constant':
      return make('Constant', float('value'));
    case 'normal':
      return make('RandomNormal', `stddev=${float('stddev')}`);
    case 'truncatedNormal':
      if (argument('lower') !== -2 || argument('upper') !== 2)
        return kerasGap('Keras cuts a normal distribution at two standard deviations.');
      return make('TruncatedNormal', `stddev=${float('stddev')}`);
    case 'uniform':
      return make('RandomUniform', '0.0', float('scale'));
    case 'varianceScaling':
      if (argument('mode') === 'fan_geo_avg') return kerasGap('Keras has no geometric mean of both fans.');
      return make(
        'VarianceScaling',
        float('scale'),
        `mode=${writeText(String(argument('mode')))}`,
        `distribution=${writeText(String(argument('distribution')).replace(/^normal$/, 'untruncated_normal'))}`,
      );
    case 'orthogonal':
      return make('Orthogonal', ...(argument('scale') === 1 ? [] : [`gain=${float('scale')}`]));
    default:
      return kerasGap(`Keras has no initializer ${name}.`);
  }
}
