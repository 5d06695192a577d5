/** @file Where two runs differ, a row for each place. A click leads there. */
import { useCallback } from 'react';
import { NumberTable } from '../../charts/number-table.tsx';
import { showPath } from '../../commands/show-place.ts';
import { useDocument } from '../../hooks/document.ts';
import { useServices } from '../../hooks/services.ts';
import { ratioText, shareText } from '../../overlays/size-ratio.ts';
import { formatPath } from '../../state/paths.ts';
import { titleOfPlace } from '../../state/runs/title-of-place.ts';
import { EndKept } from '../../ui/end-kept.tsx';
import type { CompareRow } from './compare-rows.ts';

interface CompareTableProps {
  readonly rows: readonly CompareRow[];
  readonly now: string;
  readonly before: string;
}

const COLUMNS = ['Place', 'Value changed by', 'Value size', 'Gradient changed by', 'Gradient size'];

export function CompareTable({ rows, now, before }: CompareTableProps) {
  const keyOf = useCallback((index: number) => rows[index]!.key, [rows]);
  return (
    <NumberTable label="Differences of two runs" className="compare-table" columns={COLUMNS} count={rows.length} keyOf={keyOf}>
      {(index) => <Row row={rows[index]!} index={index} names={{ now, before }} />}
    </NumberTable>
  );
}

interface RowProps {
  readonly row: CompareRow;
  readonly index: number;
  readonly names: { readonly now: string; readonly before: string };
}

function Row({ row, index, names }: RowProps) {
  const services = useServices();
  const document = useDocument((present) => present);
  const { instance, node, what, kind, only } = row;
  const title = node === null ? formatPath(instance) : titleOfPlace(document, { instance, node });
  return (
    <div role="row" aria-rowindex={index + 2} className="number-row">
      <span role="rowheader">
        <button type="button" className="link" onClick={() => showPath(services, instance, node)}>
          <EndKept text={title} />
        </button>
        {what !== '' && <small>{what}</small>}
        {kind === 'inside' && what === '' && <small>inside</small>}
        {only && <span className="badge warning">only in {names[only]}</span>}
      </span>
      <span role="cell">{shareText(row.valueChange)}</span>
      <span role="cell">{row.valueRatio === null ? '–' : ratioText(row.valueRatio)}</span>
      <span role="cell">{shareText(row.gradientChange)}</span>
      <span role="cell">{row.gradientRatio === null ? '–' : ratioText(row.gradientRatio)}</span>
    </div>
  );
}
