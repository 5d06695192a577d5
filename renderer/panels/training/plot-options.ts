/** @file How curves by step are drawn. Each is one stable function: another one would make the plot anew. */
import type uPlot from 'uplot';
import { axisWidth, type PlotInk } from '../../charts/plot.tsx';
import { formatNumber } from '../../ui/format.ts';
import { lossRange } from './training-series.ts';

type Options = Omit<uPlot.Options, 'width' | 'height'>;

function lineOptions(ink: PlotInk, colors: readonly string[], y: uPlot.Scale): Options {
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

const LINEAR: uPlot.Scale = { range: (_plot, low, high) => lossRange(low, high) };
const LOGARITHMIC: uPlot.Scale = { distr: 3 };

/** By how many earlier trainings lie under the present one. */
const lossMakers = new Map<string, (ink: PlotInk) => Options>();

export function lossOptions(earlier: number, axis: 'linear' | 'logarithmic'): (ink: PlotInk) => Options {
  const key = `${earlier} ${axis}`;
  const known = lossMakers.get(key);
  if (known) return known;
  const make = (ink: PlotInk): Options =>
    lineOptions(ink, [...ink.others.slice(0, earlier), ink.line, ink.second], axis === 'linear' ? LINEAR : LOGARITHMIC);
  lossMakers.set(key, make);
  return make;
}

/** Of one number by step. */
export function extraOptions(earlier: number, axis: 'linear' | 'logarithmic'): (ink: PlotInk) => Options {
  const key = `extra ${earlier} ${axis}`;
  const known = lossMakers.get(key);
  if (known) return known;
  const make = (ink: PlotInk): Options =>
    lineOptions(ink, [...ink.others.slice(0, earlier), ink.line], axis === 'linear' ? LINEAR : LOGARITHMIC);
  lossMakers.set(key, make);
  return make;
}

/** Seven quantiles by step: three bands, one in the other, and the middle as a line. */
export function bandOptions(ink: PlotInk): Options {
  const quiet: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
  const options = lineOptions(ink, [ink.line], LINEAR);
  const middle = options.series[1]!;
  return {
    ...options,
    series: [{}, quiet, quiet, quiet, middle, quiet, quiet, quiet],
    bands: [
      { series: [7, 1], fill: `${ink.line}1c` },
      { series: [6, 2], fill: `${ink.line}30` },
      { series: [5, 3], fill: `${ink.line}50` },
    ],
  };
}

export function accuracyOptions(ink: PlotInk): Options {
  return lineOptions(ink, [ink.second], { range: () => [0, 100] });
}
