/** @file The results of the latest run, for what is selected: values and gradients of a wire, a node or a Module. */
import { useCallback, useMemo } from 'react';
import type { RunResult } from '../../../core/run/index.ts';
import { useOpenClass, useWhyStale } from '../../hooks/derived.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useSession } from '../../hooks/session.ts';
import { formatCount } from '../../ui/format.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { Overview } from './overview.tsx';
import { Pins } from './pins.tsx';
import { RunFacts } from './run-facts.tsx';
import { subjectsOfSelection } from './selected.ts';
import { endsOfSpan } from './span.ts';
import { SpanView } from './span-view.tsx';
import { SubjectView } from './subject-view.tsx';
import '../../charts/charts.css';

const ROOT: readonly [] = [];
/** What a subject with its two cards takes, about. */
const SUBJECT_HEIGHT = 230;

export function ResultsPanel() {
  const kept = useRuns((state) => state.result);
  const isStale = useWhyStale() !== null;
  if (!kept) {
    return (
      <div className="empty">
        <strong>No run yet</strong>
        Press Run (Ctrl+Enter): every wire then shows what it carried and its gradient.
      </div>
    );
  }
  return (
    <div className="results" data-stale={isStale || undefined}>
      <h2 className="visually-hidden">Results</h2>
      <RunFacts run={kept} />
      <Pins run={kept} />
      <Results result={kept.result} />
    </div>
  );
}

function Results({ result }: { readonly result: RunResult }) {
  const selection = useSession((state) => state.selection);
  const instance = useSession((state) => state.open.at(-1)?.instance) ?? ROOT;
  const modelClass = useOpenClass();
  const { subjects, left } = useMemo(
    () => subjectsOfSelection(result, selection, modelClass, instance),
    [result, selection, modelClass, instance],
  );
  const ends = useMemo(() => {
    const selected = selection.nodes.length + selection.modules.length + selection.wires.length;
    return endsOfSpan(
      subjects,
      result.wires.map(({ valueKey }) => valueKey),
      selected,
    );
  }, [subjects, selection, result]);
  const keyOf = useCallback((index: number) => subjects[index]!.id, [subjects]);
  if (subjects.length === 0) return <Overview result={result} />;
  return (
    <>
      {left > 0 && <p className="hint">Shown are the first of what is selected; {formatCount(left)} more are left out.</p>}
      {ends && <SpanView ends={ends} />}
      <VirtualList
        className="subjects"
        aria-label="Values of what is selected"
        role="group"
        count={subjects.length}
        itemHeight={SUBJECT_HEIGHT}
        isMeasured
        keyOf={keyOf}
      >
        {(index) => <SubjectView subject={subjects[index]!} />}
      </VirtualList>
    </>
  );
}
