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
