import { type RefObject, useEffect, useState } from 'react';

/** Rows beyond the visible ones that are drawn, too, so that fast scrolling shows no gaps. */
const OVERSCAN = 10;

/** Which of many rows of one height are in view; for lists too long to draw whole. */
export function useVisibleRows(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): { readonly first: number; readonly end: number } {
  const [view, setView] = useState({ top: 0, height: 0 });
  const isEmpty = count === 0;
  useEffect(() => {
    const element = scroller.current;
    if (!element || isEmpty) return undefined;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [scroller, isEmpty]);
  const first = Math.max(0, Math.floor(view.top / rowHeight) - OVERSCAN);
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + OVERSCAN);
  return { first: Math.min(first, end), end };
}
