/** @file What the worker says on the way: its backend, its phase, the steps of a training, what it warns of. */
import type { Answer, RunProblem } from '../../../core/run/index.ts';
import { addPoints, beginCourse } from './courses.ts';
import type { Jobs } from './job.ts';
import { changeRuns } from './kept-runs.ts';
import type { RunLog } from './run-log.ts';
import type { RunsStore, RunStatus } from './store.ts';

export function createInterimAnswers({ getState, setState }: RunsStore, log: RunLog) {
  return (answer: Answer, job: ReturnType<Jobs['current']>): void => {
    if (answer.kind === 'started') {
      setState({ backend: answer.backend, backendNote: answer.backend === 'webgl' ? null : getState().backendNote });
      return;
    }
    if (answer.kind === 'warned') {
      onWarning(answer.problem);
      return;
    }
    if (answer.kind === 'dropped') {
      setState(changeRuns(getState(), answer.runs, { hasTensors: false }));
      return;
    }
    // The others are about one job; one that was given up concerns nobody.
    if (!job || answer.id !== job.id) return;
    if (answer.kind === 'phase' && getState().status !== 'stopping') setState({ phase: textOf(answer), status: statusOf(answer.name) });
    if (answer.kind === 'begun') onBegun(answer, job.documentHash);
    if (answer.kind === 'diagnosed') setState({ diagnosis: { hash: job.documentHash, report: answer.report } });
    if (answer.kind === 'kept') {
      const { training } = getState();
      if (training) setState({ training: { ...training, kept: answer } });
    }
    if (answer.kind === 'metrics') {
      const { training } = getState();
      if (training) setState({ training: addPoints(training, answer.points) });
    }
  };

  /**
   * The worker says behind which step the training starts: fresh weights start a new curve. From here on it keeps what is trained, however the
   * training ends; until now it kept what was trained before.
   */
  function onBegun(begun: Extract<Answer, { readonly kind: 'begun' }>, hash: string): void {
    const state = beginCourse(getState(), begun, hash);
    setState({ ...state, ...(begun.step === 0 ? { overSteps: null } : {}), weightsVersion: getState().weightsVersion + 1 });
    const { name, from } = state.training!.course;
    const isLeft = from !== null && state.training!.course.points.at(-1)?.step === begun.step;
    if (from && isLeft && getState().courses[0]?.name === from.course)
      log.line('info', `${name} goes on from step ${from.step} of ${from.course}, whose curve behind that step stays to compare with.`);
  }

  function onWarning(problem: RunProblem): void {
    if (problem.code === 'backend/cpu') {
      log.line('warning', `${problem.message} ${problem.hint}`);
      setState({ backend: 'cpu', backendNote: problem.message });
    } else log.warn(problem);
  }
}

function textOf({ name, share }: Extract<Answer, { readonly kind: 'phase' }>): string {
  return share === undefined ? name : `${name}, ${Math.round(100 * share)} %`;
}

function statusOf(phase: string): RunStatus {
  if (phase === 'building' || phase === 'compiling' || phase === 'training') return phase;
  return 'running';
}
