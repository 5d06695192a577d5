/** @file One uPlot in a box that gives it its width and the theme's colours. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../hooks/session.ts';

export interface PlotInk {
  readonly line: string;
  readonly second: string;
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
}

/** Wide enough for the longest of the numbers of an axis. */
export function axisWidth(_plot: uPlot, texts: readonly string[] | null): number {
  return 16 + 7 * Math.max(3, ...(texts ?? []).map((text) => text?.length ?? 0));
}

function readInk(element: Element): PlotInk {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return { line: read('--accent'), second: read('--warning'), grid: read('--line-soft'), text: read('--ink-muted') };
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

/** Made anew with the theme: its colours are read from the page. */
export function Plot(props: PlotProps) {
  const theme = useThemeVersion();
  return <DrawnPlot key={theme} {...props} />;
}

function DrawnPlot({ data, height, label, make }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(data);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const size = (): { width: number; height: number } => ({
      width: Math.max(80, element.clientWidth),
      height: height === 'fill' ? Math.max(80, element.clientHeight) : height,
    });
    const made = new uPlot({ ...make(readInk(element)), ...size() }, latest.current, element);
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
    latest.current = data;
    plot.current?.setData(data);
  }, [data]);

  return (
    <div
      ref={box}
      className="plot"
      role="img"
      aria-label={label}
      data-fills={height === 'fill' || undefined}
      {...(height === 'fill' ? {} : { style: { height } })}
    />
  );
}
