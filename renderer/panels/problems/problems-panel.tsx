import { CircleDashed, CircleX, TriangleAlert, Wrench } from 'lucide-react';
import { applyFix } from '../../commands/apply-fix.ts';
import { showPath, showPlace } from '../../commands/show-place.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useServices } from '../../hooks/services.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AfterRun } from './after-run.tsx';
import type { ListedProblem } from './problem-list.ts';
import { useProblems } from './use-problems.ts';
import { useWhere } from './use-where.ts';
import './problems.css';

/** What is wrong, and what to do; a click leads to the place, another mends it. */
export function ProblemsPanel() {
  const problems = useProblems();
  const diagnosis = useRuns((state) => state.diagnosis);
  if (problems.length === 0 && !diagnosis) return <EmptyState title="No problems">Shapes fit, and the model can be built.</EmptyState>;
  return (
    <div className="problems">
      {problems.length > 0 ? (
        <ul aria-label="Problems">
          {problems.map((problem) => (
            <ProblemRow key={problem.key} problem={problem} />
          ))}
        </ul>
      ) : (
        <p className="hint">No problems: shapes fit, and the model can be built.</p>
      )}
      {diagnosis && <AfterRun diagnosis={diagnosis} />}
    </div>
  );
}

/** More choices than these stand on the node itself. */
const CHOICES = 3;

const SIGNS = {
  error: { Sign: CircleX, name: 'Error' },
  warning: { Sign: TriangleAlert, name: 'Warning' },
  unfinished: { Sign: CircleDashed, name: 'Unfinished' },
} as const;

function ProblemRow({ problem }: { readonly problem: ListedProblem }) {
  const services = useServices();
  const where = useWhere(problem);
  const { Sign, name } = SIGNS[problem.kind];
  const show = ({ place, path, node }: ListedProblem): void => {
    if (place) showPlace(services, place);
    else showPath(services, path ?? [], node);
  };
  return (
    <li className="problem-row">
      <button type="button" className="problem" data-kind={problem.kind} onClick={() => show(problem)}>
        <Sign size={14} aria-label={name} />
        <span>
          {problem.message} <i>{problem.fix}</i>
        </span>
        <small>{where}</small>
      </button>
      {problem.fixes.length > 0 && (
        <div className="problem-fixes">
          {problem.fixes.slice(0, CHOICES).map((fix) => (
            <Button key={fix.label} size="small" onPress={() => applyFix(services, fix)}>
              <Wrench size={12} aria-hidden /> {fix.label}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
