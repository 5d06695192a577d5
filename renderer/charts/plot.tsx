/** @file One uPlot in a box that gives it its width and the theme's colours. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../hooks/session.ts';

export interface PlotInk {
  readonly line: string;
  readonly second: string;
  /** For further lines of the same kind. */
  readonly others: readonly string[];
  readonly grid: string;
  readonly text: string;
}

interface PlotProps {
  readonly data: uPlot.AlignedData;
  /** Pixels; `fill`: all that the box is given by its surroundings. */
  readonly height: number | 'fill';
  /** For those who cannot see it. */
  readonly label: string;
  /** A stable function: another one makes the plot anew. */
  readonly make: (ink: PlotInk) => Omit<uPlot.Options, 'width' | 'height'>;
  /** Where on the x axis a line stands across; null: nowhere. */
  readonly mark?: number | null;
  /** Hears of a click, with the value on the x axis. */
  readonly onPick?: (x: number) => void;
}

const OTHERS = [
  '--family-normalization',
  '--family-regularization',
  '--family-attention',
  '--family-activation',
  '--family-pooling',
  '--wire',
];

/** Wide enough for the longest of the numbers of an axis. */
export function axisWidth(_plot: uPlot, texts: readonly string[] | null): number {
  return 16 + 7 * Math.max(3, ...(texts ?? []).map((text) => text?.length ?? 0));
}

function readInk(element: Element): PlotInk {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    line: read('--accent'),
    second: read('--warning'),
    others: OTHERS.map(read),
    grid: read('--line-soft'),
    text: read('--ink-muted'),
  };
}

/** The colours of the theme that is shown, which `system` may change under us. */
function useThemeVersion(): string {
  const theme = useSession((state) => state.theme);
  const [isDark, setIsDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const onChange = (): void => setIsDark(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  return theme === 'system' ? String(isDark) : theme;
}

function drawMark({ ctx, bbox, valToPos }: uPlot, mark: number | null, color: string): void {
  if (mark === null) return;
  const x = Math.round(valToPos(mark, 'x', true));
  if (!(x >= bbox.left && x <= bbox.left + bbox.width)) return;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/** Made anew with the theme: its colours are read from the page. */
export function Plot(props: PlotProps) {
  const theme = useThemeVersion();
  return <DrawnPlot key={theme} {...props} />;
}

function DrawnPlot({ data, height, label, make, mark = null, onPick }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ data, mark, onPick });

  const marked = useRef(mark);
  // Before a plot is made: it may have other columns than the one before.
  useEffect(() => {
    latest.current = { data, mark, onPick };
  });

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const size = (): { width: number; height: number } => ({
      width: Math.max(80, element.clientWidth),
      height: height === 'fill' ? Math.max(80, element.clientHeight) : height,
    });
    const ink = readInk(element);
    const hooks: uPlot.Hooks.Arrays = { draw: [(drawn) => drawMark(drawn, latest.current.mark, ink.text)] };
    const made = new uPlot({ ...make(ink), ...size(), hooks }, latest.current.data, element);
    made.over.addEventListener('click', ({ offsetX }) => latest.current.onPick?.(made.posToVal(offsetX, 'x')));
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [make, height]);

  useEffect(() => {
    plot.current?.setData(data);
  }, [data]);

  useEffect(() => {
    if (mark !== marked.current) plot.current?.redraw(false);
    marked.current = mark;
  }, [mark]);

  return (
    <div
      ref={box}
      className="plot"
      role="img"
      aria-label={label}
      data-fills={height === 'fill' || undefined}
      data-picks={onPick !== undefined || undefined}
      {...(height === 'fill' ? {} : { style: { height } })}
    />
  );
}
