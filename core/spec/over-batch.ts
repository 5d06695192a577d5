/**
 * @file What slides, steps or looks along the batch. Flax takes an input without a batch wherever an axis is missing, so a window of two axes over
 * (batch, 64, 1) mixes the examples and fails nowhere: it can be run and written, and is hardly ever meant.
 */
import { insert, type Mend } from './mend.ts';
import type { PortSpecs } from './ports.ts';
import type { Rejection } from './reject.ts';
import { formatShape, type Shape, type TensorSpec } from './shape.ts';
import type { Args } from './params.ts';

/** The name of the axis of examples, as templates and data declare it. */
export const BATCH = 'batch';

/** The first port whose input has the batch where the type works along its axes. */
export function overBatch(ports: PortSpecs, inputs: Readonly<Record<string, TensorSpec | undefined>>, args: Args): Rejection | undefined {
  for (const [name, { along }] of Object.entries(ports)) {
    const shape = inputs[name]?.shape;
    const axes = along?.(args) ?? [];
    if (!shape || shape.length <= axes.length || !axes.some((axis) => shape.at(axis) === BATCH)) continue;
    const words =
      axes.length === 1 ? 'batch first, then the axis that it goes along' : `batch first, then the ${axes.length} axes that it goes along`;
    return {
      code: 'shape/over-batch',
      port: name,
      expected: `${axes.length + 2} axes on ${name}, ${words}`,
      got: `${formatShape(shape)}, so that it goes along the batch and mixes the examples`,
      fix: 'Give the input its axes with reshape.',
      mends: spreadMends(name, shape, axes.length),
    };
  }
  return undefined;
}

/** What gives an input (batch, …) the axes that something goes along, with the features behind them: the likeliest first. */
export function spreadMends(port: string, shape: Shape, axes: number): readonly Mend[] {
  const [batch, ...rest] = shape;
  if (batch !== BATCH || rest.length > axes) return [];
  const lengths = rest.filter((dim) => typeof dim === 'number');
  const size = lengths.length === rest.length ? lengths.reduce((product, length) => product * length, 1) : 0;
  // A picture that has its sides already lacks its channels alone.
  const isSpread = rest.length === axes && axes > 1 && !CHANNELS.includes(lengths.at(-1) ?? 0);
  const shapes = isSpread ? [] : axes === 2 ? pictureShapes(size) : axes === 1 ? squareShapes(size) : [];
  const reshapes = shapes.map((each) => insert(port, 'reshape', { shape: [-1, ...each] }, `to ${formatShape([BATCH, ...each])}`));
  return rest.length === axes && (axes === 1 || reshapes.length === 0)
    ? [...reshapes, insert(port, 'expandDims', {}, `to ${formatShape([...shape, 1])}`)]
    : reshapes;
}

const CHANNELS = [1, 3];

/** Square pictures of so many numbers, (height, width, channels), grey before coloured. */
export function pictureShapes(size: number): readonly (readonly number[])[] {
  return CHANNELS.flatMap((channels) => squareShapes(size / channels).map((sides) => [...sides, channels]));
}

/** Too small for what anyone would call a row of rows. */
const LEAST_SIDE = 4;

function squareShapes(size: number): readonly (readonly number[])[] {
  const side = Math.sqrt(size);
  return Number.isInteger(side) && side >= LEAST_SIDE ? [[side, side]] : [];
}
