/** @file A long table of which the first column has names and the others mostly numbers. Its rows are of the class `number-row`. */
import type { ReactNode } from 'react';
import { VirtualList } from '../ui/virtual-list.tsx';

export const NUMBER_ROW_HEIGHT = 22;

interface NumberTableProps {
  readonly label: string;
  /** Sets the widths of the columns, `--columns`. */
  readonly className: string;
  readonly columns: readonly string[];
  readonly count: number;
  /** A stable function. */
  readonly keyOf: (index: number) => string;
  readonly children: (index: number) => ReactNode;
}

export function NumberTable({ label, className, columns, count, keyOf, children }: NumberTableProps) {
  return (
    // Where it is wider than its panel, the keyboard scrolls it.
    <div className={`number-table ${className}`} tabIndex={0} role="table" aria-label={label} aria-rowcount={count + 1}>
      <div role="rowgroup">
        <div role="row" className="number-row number-head">
          {columns.map((name) => (
            <span key={name} role="columnheader">
              {name}
            </span>
          ))}
        </div>
      </div>
      <VirtualList role="rowgroup" count={count} itemHeight={NUMBER_ROW_HEIGHT} keyOf={keyOf}>
        {children}
      </VirtualList>
    </div>
  );
}
