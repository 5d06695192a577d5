import { useMemo } from 'react';
import { useCheck } from '../../hooks/derived.ts';
import { useRuns } from '../../hooks/runs.ts';
import { listProblems, type ListedProblem } from './problem-list.ts';

/** Problems of the document, of the last build and of the last run, in one list. */
export function useProblems(): readonly ListedProblem[] {
  const { problems } = useCheck();
  const buildProblem = useRuns((state) => state.buildProblem);
  const problem = useRuns((state) => state.problem);
  const warnings = useRuns((state) => state.warnings);
  return useMemo(() => listProblems(problems, { buildProblem, problem, warnings }), [problems, buildProblem, problem, warnings]);
}
