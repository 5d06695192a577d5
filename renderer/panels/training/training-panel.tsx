/** @file Training as it goes: loss and test accuracy by step, and the latest numbers. */
import type uPlot from 'uplot';
import { useMemo } from 'react';
import { useDocumentHash } from '../../hooks/derived.ts';
import { useRuns } from '../../hooks/runs.ts';
import { isStale } from '../../state/runs/store.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Plot, type PlotInk } from '../../charts/plot.tsx';
import { toSeries } from './training-series.ts';
import '../../charts/charts.css';

const HEIGHT = 220;

export function TrainingPanel() {
  const training = useRuns((state) => state.training);
  const hash = useDocumentHash();
  const points = training?.points;
  const series = useMemo(() => toSeries(points ?? []), [points]);
  if (!training) {
    return (
      <div className="empty">
        <strong>Not trained yet</strong>
        Press Train: loss and test accuracy are drawn here while it runs. It can be stopped and continued.
      </div>
    );
  }
  const lastLoss = training.points.at(-1);
  const lastTest = training.points.findLast((point) => point.testAccuracy !== undefined || point.testLoss !== undefined);
  return (
    <div className="training">
      <dl className="run-facts" aria-label="Training">
        <div>
          <dt>Step</dt>
          <dd>
            {formatCount(training.step)} of {formatCount(training.goal)}
          </dd>
        </div>
        <div>
          <dt>Loss</dt>
          <dd>{formatNumber(lastLoss?.loss)}</dd>
        </div>
        {lastTest?.testAccuracy !== undefined && (
          <div>
            <dt>Test accuracy</dt>
            <dd>{formatNumber(lastTest.testAccuracy * 100)} %</dd>
          </div>
        )}
        {lastTest?.testLoss !== undefined && (
          <div>
            <dt>Test loss</dt>
            <dd>{formatNumber(lastTest.testLoss)}</dd>
          </div>
        )}
        {isStale(training, hash) && <span className="badge warning">Stale: the model has changed since</span>}
      </dl>
      <progress className="training-progress" value={training.step} max={training.goal} aria-label="Progress of training" />
      <div className="training-plots">
        <figure>
          <figcaption>Loss by step</figcaption>
          <Plot data={series.loss} height={HEIGHT} label={`Loss by step, now ${formatNumber(lastLoss?.loss)}`} make={lossOptions} />
        </figure>
        {series.accuracy && (
          <figure>
            <figcaption>Test accuracy by step (%)</figcaption>
            <Plot
              data={series.accuracy}
              height={HEIGHT}
              label={`Test accuracy by step, now ${formatNumber((lastTest?.testAccuracy ?? 0) * 100)} %`}
              make={accuracyOptions}
            />
          </figure>
        )}
      </div>
    </div>
  );
}

function lineOptions(ink: PlotInk, color: string, range?: uPlot.Range.Function): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = {
    stroke: ink.text,
    grid: { stroke: ink.grid, width: 1 },
    ticks: { show: false },
    font: '11px "Inter Variable", sans-serif',
  };
  return {
    scales: { x: { time: false }, y: range ? { range } : {} },
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    axes: [
      { ...axis, size: 24, space: 64 },
      { ...axis, size: 52, values: (_plot, ticks) => ticks.map(formatNumber) },
    ],
    series: [{}, { stroke: color, width: 1.5, points: { show: false }, spanGaps: true }],
  };
}

function lossOptions(ink: PlotInk): Omit<uPlot.Options, 'width' | 'height'> {
  return lineOptions(ink, ink.line, (_plot, _low, high) => [0, Number.isFinite(high) && high > 0 ? high * 1.05 : 1]);
}

function accuracyOptions(ink: PlotInk): Omit<uPlot.Options, 'width' | 'height'> {
  return lineOptions(ink, ink.second, () => [0, 100]);
}
