/** @file Every run that is kept: what it was on, what came out, and which of them is looked at. */
import { useCallback } from 'react';
import { formatBytes } from '../../../core/check/index.ts';
import { NumberTable } from '../../charts/number-table.tsx';
import { useHashFor } from '../../hooks/derived.ts';
import { useRuns } from '../../hooks/runs.ts';
import { whyRunIsStale } from '../../state/runs/store.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatPlural } from '../../ui/format.ts';
import { RunRow } from './run-row.tsx';
import '../../charts/charts.css';
import './runs.css';

const COLUMNS = ['Run', 'Loss', 'Weights', 'Batch', 'Seed', 'View', 'Changed', 'Time', 'Memory', 'Actions'];

export function RunsPanel() {
  const runs = useRuns((state) => state.runs);
  const shown = useRuns((state) => state.result?.record.id);
  const weightsVersion = useRuns((state) => state.weightsVersion);
  const hash = useHashFor(runs.length === 0 ? null : runs);
  const keyOf = useCallback((index: number) => String(runs[index]!.record.id), [runs]);
  if (runs.length === 0)
    return <EmptyState title="No run yet">Every run is kept here, with its values as long as there is room: to look at again.</EmptyState>;
  const kept = runs.filter(({ hasTensors }) => hasTensors);
  const bytes = kept.reduce((sum, { record }) => sum + record.bytes, 0);
  return (
    <div className="runs">
      <p className="hint">
        {formatPlural(runs.length, 'run')}; values of {kept.length} are kept, {formatBytes(bytes)}. A click looks at a run again; pinned
        ones stay.
      </p>
      <NumberTable label="Runs" className="runs-table" columns={COLUMNS} count={runs.length} keyOf={keyOf}>
        {(index) => (
          <RunRow
            run={runs[index]!}
            index={index}
            isShown={runs[index]!.record.id === shown}
            stale={whyRunIsStale(runs[index]!, weightsVersion, hash)}
          />
        )}
      </NumberTable>
    </div>
  );
}
