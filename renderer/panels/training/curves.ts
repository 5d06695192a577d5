/** @file Curves of several trainings over each other, as the columns that a plot takes. Pure. */
import uPlot from 'uplot';
import type { MetricPoint } from '../../../core/run/index.ts';
import type { Course } from '../../state/runs/store.ts';
import { toSeries, type TrainingSeries } from './training-series.ts';

export interface Curves extends Omit<TrainingSeries, 'loss'> {
  /** Steps; losses in training of earlier courses, which are drawn beneath; losses in training, in test. */
  readonly loss: uPlot.AlignedData;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

export const EXTRAS = {
  gradientNorm: 'Gradient norm',
  updateRatio: 'Update beside the parameters',
  learningRate: 'Learning rate',
} as const;

export type Extra = keyof typeof EXTRAS;

/** One more number by step, of the present training and, beneath it, of earlier ones; null where it was not measured. */
export function toExtraCurve(points: readonly MetricPoint[], earlier: readonly Course[], name: Extra): uPlot.AlignedData | null {
  const measured = [...earlier.map((course) => course.points), points].map((all): uPlot.AlignedData => {
    const found = all.filter((point) => point[name] !== undefined);
    return [found.map(({ step }) => step), found.map((point) => finite(point[name]!))];
  });
  if (measured.at(-1)![0].length === 0) return null;
  return measured.length === 1 ? measured[0]! : uPlot.join(measured);
}

/** Whether a number changes at all: a rate that stays says nothing by a curve. */
export function isVaried(points: readonly MetricPoint[], name: Extra): boolean {
  const first = points.find((point) => point[name] !== undefined)?.[name];
  return points.some((point) => point[name] !== undefined && point[name] !== first);
}

/** The earlier ones lie over the same steps; where only one of them was measured the others have no gap. */
export function toCurves(points: readonly MetricPoint[], earlier: readonly Course[]): Curves {
  const own = toSeries(points);
  const isPositive = own.isPositive && earlier.every((course) => course.points.every(({ loss }) => !(loss <= 0)));
  if (earlier.length === 0) return { ...own, isPositive };
  const tables = earlier.map((course): uPlot.AlignedData => [
    course.points.map(({ step }) => step),
    course.points.map(({ loss }) => finite(loss)),
  ]);
  return { ...own, isPositive, loss: uPlot.join([...tables, own.loss as uPlot.AlignedData]) };
}
