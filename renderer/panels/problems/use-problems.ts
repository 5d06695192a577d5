import { useMemo } from 'react';
import { useCheck, useHashFor } from '../../hooks/derived.ts';
import { useRuns } from '../../hooks/runs.ts';
import { calm } from './calm.ts';
import { listProblems, type ListedProblem } from './problem-list.ts';

/** Problems of the document, of the last build and of the last run, in one list. */
export function useProblems(): readonly ListedProblem[] {
  const check = useCheck();
  const problems = calm(check);
  const buildProblem = useRuns((state) => state.buildProblem);
  const problem = useRuns((state) => state.problem);
  const warnings = useRuns((state) => state.warnings);
  const problemsOf = useRuns((state) => state.problemsOf);
  const hash = useHashFor(problem ?? (warnings.length > 0 ? warnings : null));
  return useMemo(() => {
    // A run of a document that has been changed since says nothing of this one.
    const isOfThis = problemsOf === hash;
    const ofRun = isOfThis ? { problem, warnings } : { problem: null, warnings: [] };
    return listProblems(problems, { buildProblem, ...ofRun });
  }, [problems, buildProblem, problem, warnings, problemsOf, hash]);
}
