import { Badge } from '../../ui/badge.tsx';
import { definePanel } from '../panel.ts';
import { ProblemsPanel } from './problems-panel.tsx';
import { toneOf } from './problem-list.ts';
import { useProblems } from './use-problems.ts';

/** Red if one of them is a fault; what is only unfinished counts without a colour. */
function ProblemCount() {
  const problems = useProblems();
  if (problems.length === 0) return null;
  return <Badge tone={toneOf(problems) ?? 'neutral'}>{problems.length}</Badge>;
}

export const problemsPanel = definePanel({ id: 'problems', title: 'Problems', order: 3, Content: ProblemsPanel, Mark: ProblemCount });
