import { useRuns } from '../../hooks/runs.ts';

/** How many runs are kept. */
export function RunCount() {
  const count = useRuns((state) => state.runs.length);
  return count > 0 && <span className="badge">{count}</span>;
}
