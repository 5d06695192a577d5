/** @file A table of everything of a run that has a name. A click on a name selects the Module that it belongs to. */
import { useCallback, useMemo } from 'react';
import type { Path } from '../../../core/document/index.ts';
import type { RunResult } from '../../../core/run/index.ts';
import { NumberTable } from '../../charts/number-table.tsx';
import { StatisticValue } from '../../charts/not-finite.tsx';
import { useSessionStore } from '../../hooks/session.ts';
import { EndKept } from '../../ui/end-kept.tsx';
import { pathKey } from '../../state/paths.ts';
import { type ValueRow, valueRows } from './value-rows.ts';

const COLUMNS = ['Name', 'Shape', 'Mean', 'Std', 'Norm', 'Gradient norm'];

export function ValueTable({ result }: { readonly result: RunResult }) {
  const session = useSessionStore();
  const rows = useMemo(() => valueRows(result), [result]);
  const keyOf = useCallback((index: number) => rows[index]!.key, [rows]);
  const select = (module: Path): void => session.select({ modules: [pathKey(module)] });
  return (
    <NumberTable label="Captured values and Variables" className="value-table" columns={COLUMNS} count={rows.length} keyOf={keyOf}>
      {(index) => <Row row={rows[index]!} index={index} onSelect={select} />}
    </NumberTable>
  );
}

interface RowProps {
  readonly row: ValueRow;
  readonly index: number;
  readonly onSelect: (module: Path) => void;
}

function Row({ row: { title, kind, note, value, gradient, module }, index, onSelect }: RowProps) {
  return (
    <div role="row" aria-rowindex={index + 2} className="number-row">
      <span role="rowheader">
        <button type="button" className="link" onClick={() => onSelect(module)}>
          <EndKept text={title} />
        </button>
        <small>{kind}</small>
        {note && <span className="badge">{note}</span>}
      </span>
      <span role="cell">({value.shape.join(', ')})</span>
      <span role="cell">
        <StatisticValue summary={value} name="mean" />
      </span>
      <span role="cell">
        <StatisticValue summary={value} name="std" />
      </span>
      <span role="cell">
        <StatisticValue summary={value} name="norm" />
      </span>
      <span role="cell">{gradient ? <StatisticValue summary={gradient} name="norm" /> : '–'}</span>
    </div>
  );
}
