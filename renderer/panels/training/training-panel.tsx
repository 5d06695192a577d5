/** @file Training as it goes: its numbers, its curves by step, and the way back to any of them. */
import { NotFiniteNote } from '../../charts/not-finite-note.tsx';
import { useHashFor } from '../../hooks/derived.ts';
import { useRuns } from '../../hooks/runs.ts';
import { isOfOtherDocument, type TrainingProgress } from '../../state/runs/store.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { OverStepsSection } from './over-steps.tsx';
import { Scrubber } from './scrubber.tsx';
import { TrainingPlots } from './training-plots.tsx';
import { HitNote } from './hit-note.tsx';
import { Transport } from './transport.tsx';
import { Watches } from './watches.tsx';
import '../../charts/charts.css';
import './training.css';

export function TrainingPanel() {
  const training = useRuns((state) => state.training);
  const hash = useHashFor(training);
  if (!training) {
    return (
      <div className="empty">
        <strong>Not trained yet</strong>
        Press Train: the losses and the test accuracy are drawn here while it runs. It can be paused, gone back in and continued.
        <Watches />
      </div>
    );
  }
  return (
    <div className="training">
      <div className="run-head">
        <Transport />
        <TrainingFacts training={training} />
        {isOfOtherDocument(training, hash) && <span className="badge warning">Stale: the model has changed since</span>}
      </div>
      <NotFiniteNote />
      <progress className="training-progress" value={training.step} max={training.goal} aria-label="Progress of training" />
      <Scrubber training={training} />
      <HitNote training={training} />
      <Watches />
      <TrainingPlots training={training} />
      <OverStepsSection training={training} />
    </div>
  );
}

/** Of the step that the weights are of. */
function TrainingFacts({ training: { course, step, goal } }: { readonly training: TrainingProgress }) {
  const points = course.points.filter((point) => point.step <= step);
  const lastLoss = points.at(-1);
  const lastTest = points.findLast((point) => point.testAccuracy !== undefined || point.testLoss !== undefined);
  return (
    <dl className="run-facts" aria-label="Training">
      <div>
        <dt>Step</dt>
        <dd>
          {formatCount(step)} of {formatCount(goal)}
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
  );
}
