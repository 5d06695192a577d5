/** @file The results of the latest run, for what is selected: values and gradients of a wire, a node or a Module. */
import { useMemo } from 'react';
import { type RunResult, weightsText } from '../../../core/run/index.ts';
import { useOpenClass, useWhyStale } from '../../hooks/derived.ts';
import { useRuns } from '../../hooks/runs.ts';
import { modulesByPath } from '../../state/runs/lookup.ts';
import { useSession } from '../../hooks/session.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { MeasuredCard } from './measured-card.tsx';
import { Overview } from './overview.tsx';
import { type Subject, subjectsOfModule, subjectsOfNode, subjectsOfPort } from './subjects.ts';
import '../../charts/charts.css';

const ROOT: readonly [] = [];

function useSubjects(result: RunResult | undefined): readonly Subject[] {
  const selection = useSession((state) => state.selection);
  const instance = useSession((state) => state.open.at(-1)?.instance) ?? ROOT;
  const modelClass = useOpenClass();
  return useMemo(() => {
    if (!result) return [];
    const index = modulesByPath(result.modules);
    const modules = selection.modules.flatMap((key) => index.get(key) ?? []);
    if (!modelClass) return modules.flatMap((module) => subjectsOfModule(result, module));
    const wires = selection.wires.flatMap((id) => modelClass.wires[id] ?? []);
    return [
      ...modules.flatMap((module) => subjectsOfModule(result, module)),
      ...wires.flatMap((wire) => subjectsOfPort(result, modelClass, instance, wire.from)),
      ...selection.nodes.flatMap((node) => subjectsOfNode(result, modelClass, instance, node)),
    ];
  }, [result, selection, instance, modelClass]);
}

function SubjectView({ subject }: { readonly subject: Subject }) {
  const { title, kind, value, gradient, names } = subject;
  return (
    <article className="subject" aria-label={`${title} ${kind}`}>
      <h3>
        {title} <span className="subject-kind">{kind}</span>
        {names.map((name) => (
          <span key={name} className="badge">
            {name}
          </span>
        ))}
      </h3>
      <div className="subject-pair">
        <MeasuredCard title="Value" label={`Value of ${title}`} measured={value} />
        {gradient ? (
          <MeasuredCard title="Gradient" label={`Gradient of ${title}`} measured={gradient} />
        ) : (
          <p className="plot-empty">No gradient: the loss does not depend on it, or it is not differentiable.</p>
        )}
      </div>
    </article>
  );
}

export function ResultsPanel() {
  const kept = useRuns((state) => state.result);
  const stale = useWhyStale();
  const subjects = useSubjects(kept?.result);
  if (!kept) {
    return (
      <div className="empty">
        <strong>No run yet</strong>
        Press Run (Ctrl+Enter): every wire then shows what it carried and its gradient.
      </div>
    );
  }
  const { result } = kept;
  return (
    <div className="results" data-stale={stale !== null || undefined}>
      <dl className="run-facts" aria-label="Run">
        <div>
          <dt>Loss</dt>
          <dd>{formatNumber(result.loss)}</dd>
        </div>
        {result.accuracy !== undefined && (
          <div>
            <dt>Accuracy</dt>
            <dd>{formatNumber(result.accuracy * 100)} %</dd>
          </div>
        )}
        <div>
          <dt>Time</dt>
          <dd>{formatNumber(result.elapsedMs)} ms</dd>
        </div>
        <div>
          <dt>Wires</dt>
          <dd>{formatCount(result.wires.length)}</dd>
        </div>
        <div>
          <dt>Weights</dt>
          <dd>{weightsText(result.weights)}</dd>
        </div>
        {stale && <span className="badge warning">Stale: {stale}</span>}
      </dl>
      {subjects.length > 0 ? subjects.map((subject) => <SubjectView key={subject.id} subject={subject} />) : <Overview result={result} />}
    </div>
  );
}
