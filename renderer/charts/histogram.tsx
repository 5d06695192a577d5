/** @file A histogram of 64 bins, as the worker counted them. */
import uPlot from 'uplot';
import { useMemo } from 'react';
import type { Summary } from '../../core/run/index.ts';
import { formatNumber } from '../ui/format.ts';
import { notFiniteText } from './not-finite-text.ts';
import { NotFiniteCounts } from './not-finite.tsx';
import { useSession, useSessionStore } from '../hooks/session.ts';
import { axisWidth, Plot, type PlotInk } from './plot.tsx';

interface HistogramProps {
  readonly summary: Summary;
  readonly label: string;
  /** The same value in another run, on the same bins. */
  readonly other?: { readonly name: string; readonly summary: Summary } | undefined;
}

const HEIGHT = 132;

export function Histogram({ summary, label, other }: HistogramProps) {
  const { histogram } = summary;
  const isLog = useSession((state) => state.countsAreLog);
  const there = onSameBins(histogram, other?.summary.histogram ?? null);
  const data = useMemo((): uPlot.AlignedData | null => {
    if (!histogram) return null;
    const { low, high, counts } = histogram;
    const width = (high - low || 1) / counts.length;
    const shown = (each: readonly number[]): number[] => (isLog ? each.map((count) => Math.log10(1 + count)) : [...each]);
    const places = counts.map((_count, index) => low + (index + 0.5) * width);
    return [places, shown(counts), ...(there ? [shown(there.counts)] : [])];
  }, [histogram, there, isLog]);
  if (!data || !histogram)
    return (
      <div className="histogram">
        <p className="plot-empty">No finite values to count.</p>
        <NotFiniteCounts summary={summary} />
      </div>
    );
  const others = notFiniteText(summary);
  const range = `from ${formatNumber(histogram.low)} to ${formatNumber(histogram.high)}`;
  const compared = there && other ? `, over that of ${other.name} on the same bins` : '';
  const text = `${label}: histogram of ${summary.count} values ${range}${others && `, beside ${others}`}${compared}`;
  return (
    <div className="histogram">
      <Plot
        key={String(Boolean(there))}
        data={data}
        height={HEIGHT}
        label={text}
        make={OPTIONS[isLog ? 'log' : 'linear'][there ? 'two' : 'one']}
      />
      <div className="histogram-foot">
        <LogSwitch />
        {there && other && <span className="histogram-other">{other.name}</span>}
      </div>
      <NotFiniteCounts summary={summary} />
    </div>
  );
}

/** Of two runs; undefined where the other is counted on other bins, as before its own have come. */
function onSameBins(own: Summary['histogram'], other: Summary['histogram']): NonNullable<Summary['histogram']> | undefined {
  return own && other && own.low === other.low && own.high === other.high ? other : undefined;
}

/** Shared by all histograms: they are compared with each other. */
function LogSwitch() {
  const session = useSessionStore();
  const isLog = useSession((state) => state.countsAreLog);
  return (
    <label className="histogram-log">
      <input type="checkbox" checked={isLog} onChange={(event) => session.set({ countsAreLog: event.target.checked })} /> log counts
    </label>
  );
}

const OPTIONS = {
  linear: { one: (ink: PlotInk) => histogramOptions(ink, false, false), two: (ink: PlotInk) => histogramOptions(ink, false, true) },
  log: { one: (ink: PlotInk) => histogramOptions(ink, true, false), two: (ink: PlotInk) => histogramOptions(ink, true, true) },
} as const;

function histogramOptions(ink: PlotInk, isLog: boolean, hasOther: boolean): Omit<uPlot.Options, 'width' | 'height'> {
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
        values: (_plot, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? countAt(tick, isLog) : '')),
      },
    ],
    series: [
      {},
      { stroke: ink.line, fill: ink.line, points: { show: false }, paths: uPlot.paths.bars!({ size: [1, 100], gap: 1 }) },
      ...(hasOther ? [OTHER(ink)] : []),
    ],
  };
}

/** An outline over the bars of the run that is looked at. */
const OTHER = (ink: PlotInk): uPlot.Series => ({
  stroke: ink.second,
  width: 2,
  points: { show: false },
  paths: uPlot.paths.stepped!({ align: 1 }),
});

/** What stands at a height: of logarithms the count itself. */
function countAt(tick: number, isLog: boolean): string {
  return formatNumber(isLog ? Math.round(10 ** tick - 1) : tick);
}
