import { useEffect, useRef } from 'react';
import { useRuns } from '../../hooks/runs.ts';
import type { LogLine } from '../../state/runs/store.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import './log.css';

/** What happened, newest last; stays at the end unless the user scrolled up. */
export function LogPanel() {
  const log = useRuns((state) => state.log);
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  // After every drawing: it draws when the log grows.
  useEffect(() => {
    const element = scroller.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  });
  if (log.length === 0) return <EmptyState title="Nothing logged yet">Runs, warnings and faults are told here.</EmptyState>;
  return (
    <div
      className="log"
      role="log"
      aria-label="Log"
      tabIndex={0}
      ref={scroller}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 8;
      }}
    >
      {log.map((line) => (
        <LineView key={line.id} line={line} />
      ))}
    </div>
  );
}

function LineView({ line }: { readonly line: LogLine }) {
  return (
    <p data-level={line.level}>
      <time>{new Date(line.atMs).toLocaleTimeString('en-GB')}</time>
      {line.level !== 'info' && <b>{line.level}</b>}
      {line.text}
    </p>
  );
}
