import { CircleX, TriangleAlert } from 'lucide-react';
import { useServices } from '../../hooks/services.ts';
import { showPath, showPlace } from '../../commands/show-place.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { ListedProblem } from './problem-list.ts';
import { useProblems } from './use-problems.ts';
import './problems.css';

/** What is wrong, and what to do; a click leads to the place. */
export function ProblemsPanel() {
  const services = useServices();
  const problems = useProblems();
  if (problems.length === 0) return <EmptyState title="No problems">Shapes fit, and the model can be built.</EmptyState>;
  const show = ({ place, path, node }: ListedProblem): void => {
    if (place) showPlace(services, place);
    else showPath(services, path ?? [], node);
  };
  return (
    <ul className="problems" aria-label="Problems">
      {problems.map((problem) => (
        <li key={problem.key}>
          <button type="button" className="problem" data-severity={problem.severity} onClick={() => show(problem)}>
            {problem.severity === 'error' ? <CircleX size={14} aria-label="Error" /> : <TriangleAlert size={14} aria-label="Warning" />}
            <span>
              {problem.message} <i>{problem.fix}</i>
            </span>
            <small>{problem.source}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
