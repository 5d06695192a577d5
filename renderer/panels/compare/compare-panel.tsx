/** @file Two runs side by side: what they were on, and where their numbers differ most. */
import { useMemo, useState } from 'react';
import { useRuns } from '../../hooks/runs.ts';
import { useDifferences } from '../../hooks/use-differences.ts';
import { comparedRun } from '../../state/runs/kept-runs.ts';
import type { KeptResult } from '../../state/runs/store.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segments } from '../../ui/segments.tsx';
import { CompareFacts } from './compare-facts.tsx';
import { compareRows } from './compare-rows.ts';
import { CompareTable } from './compare-table.tsx';
import '../../charts/charts.css';
import './compare.css';

const BY = [
  { value: 'value', label: 'by values' },
  { value: 'gradient', label: 'by gradients' },
] as const;

export function ComparePanel() {
  const now = useRuns((state) => state.result);
  const count = useRuns((state) => state.runs.length);
  const before = useRuns(comparedRun);
  if (!now || count < 2)
    return (
      <EmptyState title="Nothing to compare yet">Run twice: before and after an edit, on other rows, or with a value changed.</EmptyState>
    );
  return (
    <div className="compare">
      <CompareFacts now={now} before={before} />
      {before && <Differences now={now} before={before} />}
    </div>
  );
}

function Differences({ now, before }: { readonly now: KeptResult; readonly before: KeptResult }) {
  const [by, setBy] = useState<'value' | 'gradient'>('value');
  const found = useDifferences(now, before);
  const differences = found instanceof Map ? found : null;
  const rows = useMemo(() => compareRows(now.result, before.result, differences, by), [now, before, differences, by]);
  return (
    <>
      <div className="compare-order">
        <span>Largest change first</span>
        <Segments label="Order of the differences" value={by} options={BY} onChange={setBy} />
        {!found && <small>Looking at the numbers …</small>}
        {found && 'message' in found && <small>Sizes alone are compared. {found.message}</small>}
      </div>
      <CompareTable rows={rows} now={now.name} before={before.name} />
    </>
  );
}
