/** @file Goes to any step of the training: dragged to those that are kept, with arrows to every one. */
import { useId } from 'react';
import { formatBytes } from '../../../core/check/index.ts';
import { goToStep } from '../../commands/go-to-step.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useServices } from '../../hooks/services.ts';
import { lastStepOf, nearestStep } from '../../state/runs/courses.ts';
import { isBusy, type TrainingProgress } from '../../state/runs/store.ts';
import { formatCount, formatPlural } from '../../ui/format.ts';

export function Scrubber({ training }: { readonly training: TrainingProgress }) {
  const services = useServices();
  const id = useId();
  const isTraining = useRuns((state) => isBusy(state) && state.status !== 'running');
  const { steps, bytes, problem } = training.kept;
  if (problem) return <p className="hint">{`${problem.message} ${problem.hint}`}</p>;
  if (steps.length < 2 || !training.canContinue) return null;
  const [first, last] = [steps[0]!, steps.at(-1)!];
  const isBack = training.step < lastStepOf(training);
  const go = (step: number): void => {
    const wanted = Math.abs(step - training.step) === 1 ? step : nearestStep(steps, step);
    if (wanted !== training.step) goToStep(services, wanted);
  };
  return (
    <div className="scrubber">
      <input
        type="range"
        id={id}
        aria-label="Step to go to"
        aria-valuetext={`Step ${formatCount(training.step)} of ${formatCount(last)}`}
        title={isTraining ? 'Pause to go back' : 'Weights, optimiser and random streams go back to this step'}
        min={first}
        max={last}
        step={1}
        value={Math.min(Math.max(training.step, first), last)}
        disabled={isTraining}
        list={`${id} kept`}
        onChange={({ target }) => go(target.valueAsNumber)}
      />
      <datalist id={`${id} kept`}>
        {steps.map((step) => (
          <option key={step} value={step} />
        ))}
      </datalist>
      <span className="hint">
        {isBack
          ? `Back at step ${formatCount(training.step)}: going on begins another course.`
          : `${formatPlural(steps.length, 'step')} kept to go back to, ${formatBytes(bytes)}.`}
      </span>
    </div>
  );
}
