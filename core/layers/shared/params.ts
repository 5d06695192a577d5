/** @file Parameters that many layers have, so that they read the same everywhere. */
import { p } from '../../spec/params.ts';
import type { SpecsByPort } from '../../spec/define.ts';
import type { Args } from '../../spec/params.ts';

const FLOATS = ['float32', 'float16', 'bfloat16'];

/** The types of number. They are written into exported code; here all layers compute in float32. */
export const dtypeParams = {
  dtype: p.dtype.nullable({
    choices: FLOATS,
    advanced: true,
    doc: 'Type of number of the computation in exported code; none given means that of inputs and parameters. Here it always runs in float32.',
  }),
  paramDtype: p.dtype({
    default: 'float32',
    choices: FLOATS,
    advanced: true,
    doc: 'Type of number of the parameters in exported code. Here they are float32.',
  }),
};

/** The length of an axis of a wired input, where it is known to be a number. */
export function axisOf(port: string, axis = -1): (inputs: SpecsByPort) => number | undefined {
  return (inputs) => {
    const length = inputs[port]?.shape.at(axis);
    return typeof length === 'number' ? length : undefined;
  };
}

/** The lengths of the axes of a wired input that an argument names, in the order of the axes: one, or a list where it names several. */
export function axesOf(port: string, argument: string): (inputs: SpecsByPort, args: Args) => number | number[] | undefined {
  return (inputs, args) => {
    const shape = inputs[port]?.shape;
    if (!shape) return undefined;
    const axes = [args[argument]].flat().map((axis) => (typeof axis === 'number' && axis < 0 ? axis + shape.length : axis));
    const lengths = axes.sort((a, b) => Number(a) - Number(b)).map((axis) => (typeof axis === 'number' ? shape[axis] : undefined));
    if (!lengths.every((length) => typeof length === 'number')) return undefined;
    return lengths.length === 1 ? lengths[0] : lengths;
  };
}

/** How many features there are on the axes that `axis` or `featureAxes` names, where there is such an argument; on the last axis elsewhere. */
function featuresOf(inputs: SpecsByPort, args: Args): number | undefined {
  const argument = ['axis', 'featureAxes'].find((name) => args[name] !== undefined && args[name] !== null);
  const lengths = argument === undefined ? axisOf('x')(inputs) : axesOf('x', argument)(inputs, args);
  return Array.isArray(lengths) ? lengths.reduce((product, length) => product * length, 1) : lengths;
}

export const inFeatures = p.int({ min: 1, from: axisOf('x'), unit: 'features', doc: 'Length of the last axis of the input.' });
export const outFeatures = p.int({ min: 1, start: 64, unit: 'features', doc: 'Length of the last axis of the output.' });
export const numFeatures = p.int({ min: 1, from: featuresOf, unit: 'features', doc: 'Length of the feature axis of the input.' });
export const useBias = p.bool({ default: true, doc: 'Add a learned bias.' });
export const kernelInit = p.initializer({ default: 'lecunNormal', doc: 'How the kernel starts.' });
export const biasInit = p.initializer({ default: 'zeros', doc: 'How the bias starts.' });

/** What the normalisation layers share. */
export const normParams = {
  useBias: p.bool({ default: true, doc: 'Add a learned bias after normalizing.' }),
  useScale: p.bool({ default: true, doc: 'Multiply by a learned scale after normalizing.' }),
  biasInit,
  scaleInit: p.initializer({ default: 'ones', doc: 'How the scale starts.' }),
  useFastVariance: p.bool({
    default: true,
    advanced: true,
    doc: 'Compute the variance as E[x²] − E[x]²: faster, less exact where the mean is large.',
  }),
};

/** A small number in the denominator. */
export function epsilonParam(value: number) {
  return p.float({ default: value, min: 0, advanced: true, doc: 'Added to the variance so that nothing is divided by zero.' });
}
