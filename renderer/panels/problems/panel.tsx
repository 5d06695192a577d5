import { useHashFor } from '../../hooks/derived.ts';
import { useRuns } from '../../hooks/runs.ts';
import { Badge } from '../../ui/badge.tsx';
import { definePanel } from '../panel.ts';
import { ProblemsPanel } from './problems-panel.tsx';
import { toneOf } from './problem-list.ts';
import { useProblems } from './use-problems.ts';

/** Red if one of them is a fault; what is only unfinished counts without a colour, and notes of a run do not count. */
function ProblemCount() {
  const problems = useProblems();
  const found = useFound();
  const count = problems.length + found.length;
  if (count === 0) return null;
  const tone = found.some(({ severity }) => severity === 'error') ? 'danger' : toneOf(problems);
  return <Badge tone={tone ?? (found.length > 0 ? 'warning' : 'neutral')}>{count}</Badge>;
}

/** Faults that the diagnoses found in a run of the present document. */
function useFound() {
  const diagnosis = useRuns((state) => state.diagnosis);
  const hash = useHashFor(diagnosis);
  if (!diagnosis || diagnosis.hash !== hash) return [];
  return diagnosis.report.diagnoses.filter(({ severity }) => severity !== 'note');
}

export const problemsPanel = definePanel({ id: 'problems', title: 'Problems', order: 3, Content: ProblemsPanel, Mark: ProblemCount });
