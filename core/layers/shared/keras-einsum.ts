/** @file Layers that contract named axes, as EinsumDense of Keras. */
import { operand } from '../../ops/shared/python.ts';
import { floatSource, needSpec, kerasRank } from '../../ops/shared/keras.ts';
import { kerasGap, type KerasContext, type KerasLayer } from '../../spec/emit-keras.ts';
import type { Dim } from '../../spec/shape.ts';
import { KERNEL } from './keras.ts';

const { kernelInit, biasInit } = KERNEL;
const INITIALIZERS = { kernelInit, biasInit };

/** A shape of which some lengths are only known when it runs. */
const lengths = (dims: readonly Dim[]): readonly string[] => dims.map((dim) => (typeof dim === 'number' ? String(dim) : 'None'));
const tuple = (parts: readonly string[]): string => `(${parts.join(', ')}${parts.length === 1 ? ',' : ''})`;

function einsumDense(context: KerasContext, equation: string, shape: readonly string[], biasAxes: string): string {
  const bias = biasAxes === '' ? '' : `, bias_axes='${biasAxes}'`;
  const named = biasAxes === '' ? { kernelInit } : INITIALIZERS;
  return `layers.EinsumDense('${equation}', output_shape=${tuple(shape)}${bias}, ${context.kwargs({ named, always: ['kernelInit'] })})`;
}

export const kerasEinsum: KerasLayer = {
  construct: (context) => {
    const equation = String(context.args['einsumStr']).replaceAll(' ', '');
    const [, more = '', input, kernel, , output] = /^(\.\.\.)?([a-zA-Z]*),([a-zA-Z]+)->(\.\.\.)?([a-zA-Z]*)$/.exec(equation) ?? [];
    if (input === undefined || kernel === undefined || output === undefined || output === '')
      return kerasGap('EinsumDense of Keras takes an ellipsis at the start alone, and an axis that stays.');
    if (more === '' && input[0] !== output[0])
      return kerasGap('EinsumDense of Keras leaves the first axis, that of the batch, where it is.');
    const shape = context.output('y')?.shape ?? kerasGap('Its lengths are not known.');
    const own = more === '' ? shape.slice(1) : shape.slice(-output.length);
    const bias = context.args['biasShape'] === null ? '' : [...output].filter((letter) => kernel.includes(letter)).join('');
    return einsumDense(context, equation, lengths(own), bias);
  },
  weights: () => [{ type: 'layers.EinsumDense', convert: 'value.reshape(variable.shape)' }],
  call: (member, { x }, context) => `${member}(${floatSource(x!, context)})`,
};

export const kerasLinearGeneral: KerasLayer = {
  construct: (context) => {
    // A vector alone gets a batch axis.
    const rank = Math.max(kerasRank(context), 2);
    const given = [context.args['axis']].flat().map((axis) => Number(axis));
    const axes = given.map((axis) => (axis < 0 ? axis + rank : kerasRank(context) === 1 ? axis + 1 : axis)).sort((a, b) => a - b);
    if (axes.includes(0)) kerasGap('EinsumDense of Keras leaves the first axis, that of the batch, where it is.');
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const source = context.source('outFeatures');
    const isList = Array.isArray(context.args['outFeatures']);
    const count = [context.args['outFeatures']].flat().length;
    const fresh = letters.slice(rank, rank + count);
    const all = letters.slice(0, rank);
    const contracted = axes.map((axis) => all[axis]).join('');
    const isLast = axes.length === 1 && axes[0] === rank - 1;
    const kept = [...all].filter((_, i) => !axes.includes(i));
    const outs = isList ? [source.slice(1, -1).replace(/,$/, '')] : [source];
    const biasAxes = context.args['useBias'] === true ? fresh : '';
    if (isLast) return einsumDense(context, `...${contracted},${contracted}${fresh}->...${fresh}`, outs, biasAxes);
    const stays = needSpec(context).shape.filter((_, i) => i > 0 && !axes.includes(i));
    return einsumDense(context, `${all},${contracted}${fresh}->${kept.join('')}${fresh}`, [...lengths(stays), ...outs], biasAxes);
  },
  weights: () => [{ type: 'layers.EinsumDense', convert: 'value.reshape(variable.shape)' }],
  call: (member, { x }, context) => {
    const source = floatSource(x!, context);
    return kerasRank(context) === 1 ? `${member}(${operand(source)}[None])[0]` : `${member}(${source})`;
  },
};
