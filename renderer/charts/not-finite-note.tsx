/** @file What the latest run or training told of numbers that are not finite; their place is one click away. */
import { showPath } from '../commands/show-place.ts';
import { useRuns } from '../hooks/runs.ts';
import { useServices } from '../hooks/services.ts';
import { notFiniteOf } from '../state/runs/not-finite.ts';
import { Button } from '../ui/button.tsx';

export function NotFiniteNote() {
  const services = useServices();
  const warnings = useRuns((state) => state.warnings);
  const problem = notFiniteOf(warnings);
  if (!problem) return null;
  const { message, hint, path, node } = problem;
  return (
    <p className="not-finite-note" role="note">
      <span title={hint}>{message}</span>
      {path && (
        <Button size="small" onPress={() => showPath(services, path, node ?? null)}>
          Show the place
        </Button>
      )}
    </p>
  );
}
