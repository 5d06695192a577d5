import type { RunProblem } from '../../../core/run/index.ts';
import { addLogLine, type LogLine, type RunsStore } from './store.ts';

/** How what happened in the worker is told. */
export interface RunLog {
  line(level: LogLine['level'], text: string): void;
  /** A line, and a problem of the present run in the list. */
  warn(problem: RunProblem): void;
  /** Takes the problem off the list. */
  settle(problem: RunProblem): void;
}

export function createRunLog({ getState, setState }: RunsStore): RunLog {
  const log: RunLog = {
    line: (level, text) => setState({ log: addLogLine(getState().log, level, text, Date.now()) }),
    warn(problem) {
      log.line('warning', `${problem.message} ${problem.hint}`);
      setState({ warnings: [...getState().warnings, problem] });
    },
    settle: (problem) => setState({ warnings: getState().warnings.filter((each) => each !== problem) }),
  };
  return log;
}
