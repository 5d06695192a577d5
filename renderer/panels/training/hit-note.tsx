/** @file Which condition paused the training, and where; what that step sees has been run. */
import { showPath } from '../../commands/show-place.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useServices } from '../../hooks/services.ts';
import { modulesByPath } from '../../state/runs/lookup.ts';
import { pathKey } from '../../state/paths.ts';
import type { TrainingProgress } from '../../state/runs/store.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';

export function HitNote({ training: { hit, step } }: { readonly training: TrainingProgress }) {
  const services = useServices();
  const modules = useRuns((state) => state.modules);
  if (!hit) return null;
  const { path } = hit;
  // A parameter is shown by the Module that holds it.
  const shown = path && (modulesByPath(modules).has(pathKey(path)) ? path : path.slice(0, -1));
  return (
    <p className="hit-note" role="note">
      <span>
        <b>Paused before step {formatCount(hit.step)}</b>: {hit.message}. The weights are those after step {formatCount(step)}, and Results
        shows what the step sees.
      </span>
      {shown && (
        <Button size="small" onPress={() => showPath(services, shown, null)}>
          Show the place
        </Button>
      )}
    </p>
  );
}
