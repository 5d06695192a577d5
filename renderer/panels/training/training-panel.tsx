/** @file Training as it goes: loss and test accuracy by step, and the latest numbers. */
import type uPlot from 'uplot';
import { useMemo, useState } from 'react';
import { useHashFor } from '../../hooks/derived.ts';
import { useRuns } from '../../hooks/runs.ts';
import { isOfOtherDocument } from '../../state/runs/store.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { NotFiniteNote } from '../../charts/not-finite-note.tsx';
import { axisWidth, Plot, type PlotInk } from '../../charts/plot.tsx';
import { Segments } from '../../ui/segments.tsx';
import { lossRange, toSeries } from './training-series.ts';
import '../../charts/charts.css';

const AXES = [
  { value: 'linear', label: 'Linear axis' },
  { value: 'logarithmic', label: 'Logarithmic axis' },
] as const;

export function TrainingPanel() {
  const training = useRuns((state) => state.training);
  const hash = useHashFor(training);
  const [axis, setAxis] = useState<'linear' | 'logarithmic'>('linear');
  const points = training?.points;
  const series = useMemo(() => toSeries(points ?? []), [points]);
  if (!training) {
    return (
      <div className="empty">
        <strong>Not trained yet</strong>
        Press Train: the losses and the test accuracy are drawn here while it runs. It can be stopped and continued.
      </div>
    );
  }
  const lastLoss = training.points.at(-1);
  const lastTest = training.points.findLast((point) => point.testAccuracy !== undefined || point.testLoss !== undefined);
  return (
    <div className="training">
      <div className="run-head">
        <dl className="run-facts" aria-label="Training">
          <div>
            <dt>Step</dt>
            <dd>
              {formatCount(training.step)} of {formatCount(training.goal)}
            </dd>
          </div>
          <div data-bad={(lastLoss && !Number.isFinite(lastLoss.loss)) || undefined}>
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
        </dl>
        {isOfOtherDocument(training, hash) && <span className="badge warning">Stale: the model has changed since</span>}
      </div>
      <NotFiniteNote />
      <progress className="training-progress" value={training.step} max={training.goal} aria-label="Progress of training" />
      <div className="training-plots">
        <figure>
          <figcaption>
            <span>Loss by step</span>
            {series.isTested && (
              <>
                <span data-series="training">training</span>
                <span data-series="test">test</span>
              </>
            )}
            {series.notFinite && (
              <span className="badge not-finite">
                {formatNumber(series.notFinite.loss)} at step {formatCount(series.notFinite.step)}
              </span>
            )}
            {series.isPositive && <Segments label="Axis of the loss" value={axis} options={AXES} onChange={setAxis} />}
          </figcaption>
          <Plot
            data={series.loss}
            height="fill"
            label={`Loss by step, now ${formatNumber(lastLoss?.loss)}`}
            make={series.isPositive && axis === 'logarithmic' ? logarithmicOptions : lossOptions}
          />
        </figure>
        {series.accuracy && (
          <figure>
            <figcaption>Test accuracy by step (%)</figcaption>
            <Plot
              data={series.accuracy}
              height="fill"
              label={`Test accuracy by step, now ${formatNumber((lastTest?.testAccuracy ?? 0) * 100)} %`}
              make={accuracyOptions}
            />
          </figure>
        )}
      </div>
    </div>
  );
}

function lineOptions(ink: PlotInk, colors: readonly string[], y: uPlot.Scale): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = {
    stroke: ink.text,
    grid: { stroke: ink.grid, width: 1 },
    ticks: { show: false },
    font: '11px "Inter Variable", sans-serif',
  };
  // Few points make no line to speak of.
  const points: uPlot.Series.Points = { show: (plot) => plot.data[0].length <= 60, size: 4 };
  return {
    scales: { x: { time: false }, y },
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    axes: [
      { ...axis, size: 24, space: 64 },
      { ...axis, size: axisWidth, values: (_plot, ticks) => ticks.map((tick) => (tick === null ? '' : formatNumber(tick))) },
    ],
    series: [{}, ...colors.map((stroke) => ({ stroke, width: 1.5, points }))],
  };
}

function lossOptions(ink: PlotInk): Omit<uPlot.Options, 'width' | 'height'> {
  return lineOptions(ink, [ink.line, ink.second], { range: (_plot, low, high) => lossRange(low, high) });
}

function logarithmicOptions(ink: PlotInk): Omit<uPlot.Options, 'width' | 'height'> {
  return lineOptions(ink, [ink.line, ink.second], { distr: 3 });
}

function accuracyOptions(ink: PlotInk): Omit<uPlot.Options, 'width' | 'height'> {
  return lineOptions(ink, [ink.second], { range: () => [0, 100] });
}
