/** @file What is wrong with the selected node, and what mends it in one click; above the form, in which parameters say what is wrong with them. */
import { CircleAlert, CircleDashed, TriangleAlert, Wrench } from 'lucide-react';
import { kindOfProblem, problemText, type GraphNode, type ModelClass, type Problem } from '../../../core/document/index.ts';
import { applyFix } from '../../commands/apply-fix.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';
import { Button } from '../../ui/button.tsx';

export function NodeFaults({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: GraphNode }) {
  const services = useServices();
  const check = useCheck();
  const instance = useSession((state) => state.open.at(-1)?.instance);
  const problems = check.problemsAt(modelClass.id, instance, node.id).filter(({ severity, fixes }) => severity === 'error' || fixes);
  if (problems.length === 0) return null;
  return (
    <ul className="node-faults" aria-label="Problems of the node">
      {problems.map((problem) => (
        <li key={`${problem.code} ${problem.message}`} data-kind={kindOfProblem(problem)}>
          <Sign problem={problem} />
          <div>
            <p>{problem.fixes ? `Expected ${problem.expected}, got ${problem.got}.` : problemText(problem)}</p>
            {problem.fixes && (
              <div className="node-fixes">
                {problem.fixes.map((fix) => (
                  <Button key={fix.label} size="small" onPress={() => applyFix(services, fix)}>
                    <Wrench size={12} aria-hidden /> {fix.label}
                  </Button>
                ))}
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

const SIGNS = { error: CircleAlert, warning: TriangleAlert, unfinished: CircleDashed } as const;

function Sign({ problem }: { readonly problem: Problem }) {
  const Icon = SIGNS[kindOfProblem(problem)];
  return <Icon size={14} aria-hidden />;
}
