import { Badge } from '../../ui/badge.tsx';
import { definePanel } from '../panel.ts';
import { ProblemsPanel } from './problems-panel.tsx';
import { useProblems } from './use-problems.ts';

/** Red if one of them keeps the model from running. */
function ProblemCount() {
  const problems = useProblems();
  if (problems.length === 0) return null;
  return <Badge tone={problems.some(({ severity }) => severity === 'error') ? 'danger' : 'warning'}>{problems.length}</Badge>;
}

export const problemsPanel = definePanel({ id: 'problems', title: 'Problems', order: 3, Content: ProblemsPanel, Mark: ProblemCount });
