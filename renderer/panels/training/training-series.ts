/** @file Metric points as the columns that a plot takes. Pure. */
import type { MetricPoint } from '../../../core/run/index.ts';

/** Values by step: null is a gap, undefined is a step that has none and that a line passes over. */
type Values = (number | null | undefined)[];

export interface TrainingSeries {
  /** Steps; the loss of each before it was taken; the loss on the test split where it was computed. */
  readonly loss: [steps: number[], training: Values, test: Values];
  /** In percent; null where there is no test split. */
  readonly accuracy: [steps: number[], percent: Values] | null;
  /** Whether any test loss was computed. */
  readonly isTested: boolean;
  /** All losses are above 0: a logarithmic axis can show them. */
  readonly isPositive: boolean;
  /** The first step whose loss was no finite number. */
  readonly notFinite: MetricPoint | undefined;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

export function toSeries(points: readonly MetricPoint[]): TrainingSeries {
  const tested = points.filter((point) => point.testAccuracy !== undefined);
  const steps = points.map(({ step }) => step);
  return {
    loss: [
      steps,
      points.map(({ loss }) => finite(loss)),
      points.map(({ testLoss }) => (testLoss === undefined ? undefined : finite(testLoss))),
    ],
    accuracy: tested.length > 0 ? [tested.map(({ step }) => step), tested.map(({ testAccuracy }) => finite(testAccuracy! * 100))] : null,
    isTested: points.some(({ testLoss }) => testLoss !== undefined),
    isPositive: points.every(({ loss, testLoss = 1 }) => !(loss <= 0) && !(testLoss <= 0)),
    notFinite: points.find(({ loss }) => !Number.isFinite(loss)),
  };
}

/** What a linear axis spans: all that was measured and a little more; from 0 where that wastes less than half of it. */
export function lossRange(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const margin = (high - low) * 0.05 || Math.abs(high) * 0.05 || 1;
  return [low >= 0 && low <= high / 2 ? 0 : low - margin, high + margin];
}
