/** @file A histogram of 64 bins, as the worker counted them. */
import uPlot from 'uplot';
import { useMemo } from 'react';
import type { Summary } from '../../core/run/index.ts';
import { formatNumber } from '../ui/format.ts';
import { notFiniteText } from './not-finite-text.ts';
import { NotFiniteCounts } from './not-finite.tsx';
import { axisWidth, Plot } from './plot.tsx';

interface HistogramProps {
  readonly summary: Summary;
  readonly label: string;
}

const HEIGHT = 132;

export function Histogram({ summary, label }: HistogramProps) {
  const { histogram } = summary;
  const data = useMemo((): uPlot.AlignedData | null => {
    if (!histogram) return null;
    const { low, high, counts } = histogram;
    const width = (high - low || 1) / counts.length;
    return [counts.map((_count, index) => low + (index + 0.5) * width), [...counts]];
  }, [histogram]);
  if (!data || !histogram)
    return (
      <div className="histogram">
        <p className="plot-empty">No finite values to count.</p>
        <NotFiniteCounts summary={summary} />
      </div>
    );
  const others = notFiniteText(summary);
  const range = `from ${formatNumber(histogram.low)} to ${formatNumber(histogram.high)}`;
  const text = `${label}: histogram of ${summary.count} values ${range}${others && `, beside ${others}`}`;
  return (
    <div className="histogram">
      <Plot data={data} height={HEIGHT} label={text} make={histogramOptions} />
      <NotFiniteCounts summary={summary} />
    </div>
  );
}

function histogramOptions(ink: {
  readonly line: string;
  readonly grid: string;
  readonly text: string;
}): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = {
    stroke: ink.text,
    grid: { stroke: ink.grid, width: 1 },
    ticks: { show: false },
    font: '11px "Inter Variable", sans-serif',
  };
  return {
    scales: { x: { time: false }, y: { range: (_plot, _min, max) => [0, Math.max(1, max)] } },
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    axes: [
      { ...axis, grid: { show: false }, size: 24, space: 48, values: (_plot, ticks) => ticks.map(formatNumber) },
      {
        ...axis,
        size: axisWidth,
        space: 32,
        values: (_plot, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? formatNumber(tick) : '')),
      },
    ],
    series: [{}, { stroke: ink.line, fill: ink.line, points: { show: false }, paths: uPlot.paths.bars!({ size: [1, 100], gap: 1 }) }],
  };
}
