/** @file Metric points as the columns that a plot takes. Pure. */
import type { MetricPoint } from '../../../core/run/index.ts';

export type Columns = [x: number[], y: number[]];

export interface TrainingSeries {
  readonly loss: Columns;
  /** In percent; null where there is no test split. */
  readonly accuracy: Columns | null;
}

export function toSeries(points: readonly MetricPoint[]): TrainingSeries {
  const tested = points.filter((point) => point.testAccuracy !== undefined);
  return {
    loss: [points.map((point) => point.step), points.map((point) => point.loss)],
    accuracy: tested.length > 0 ? [tested.map((point) => point.step), tested.map((point) => point.testAccuracy! * 100)] : null,
  };
}
