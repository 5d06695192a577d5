/** @file The Modules with their costs. A click on one selects it. */
import { useCallback } from 'react';
import { BYTES_OF_FLOAT, formatBytes, type CostRow } from '../../../core/check/index.ts';
import { formatShape } from '../../../core/spec/index.ts';
import { NumberTable } from '../../charts/number-table.tsx';
import { showPath } from '../../commands/show-place.ts';
import { useServices } from '../../hooks/services.ts';
import { formatPath, pathKey } from '../../state/paths.ts';
import { formatCount, formatMany } from '../../ui/format.ts';

const COLUMNS = ['Module', 'Type', 'Output', 'Parameters', 'Multiply-adds', 'Activations', 'Gradients'];

export function CostTable({ rows }: { readonly rows: readonly CostRow[] }) {
  const keyOf = useCallback((index: number) => pathKey(rows[index]!.path), [rows]);
  return (
    <NumberTable label="Cost of each Module" className="cost-table" columns={COLUMNS} count={rows.length} keyOf={keyOf}>
      {(index) => <Row row={rows[index]!} index={index} />}
    </NumberTable>
  );
}

function Row({ row, index }: { readonly row: CostRow; readonly index: number }) {
  const services = useServices();
  const { path, type, outputs, parameters, multiplyAdds, activations, unknown } = row;
  const least = unknown > 0 ? '≥ ' : '';
  const name = formatPath(path);
  return (
    <div role="row" aria-rowindex={index + 2} className="number-row">
      <span role="rowheader" style={{ paddingLeft: 4 + 12 * path.filter((part) => typeof part === 'string').length }}>
        <button type="button" className="link" title={name} onClick={() => showPath(services, path, null)}>
          {name}
        </button>
      </span>
      <span role="cell">{type}</span>
      <span role="cell">{outputs.map(formatShape).join(', ') || '–'}</span>
      <span role="cell">{parameters === 0 ? '–' : formatCount(parameters)}</span>
      <span role="cell">{multiplyAdds === 0 ? `${least}–` : `${least}${formatMany(multiplyAdds)}`}</span>
      <span role="cell">{activations === 0 ? `${least}–` : `${least}${formatBytes(activations * BYTES_OF_FLOAT)}`}</span>
      <span role="cell">{parameters === 0 ? '–' : formatBytes(parameters * BYTES_OF_FLOAT)}</span>
    </div>
  );
}
