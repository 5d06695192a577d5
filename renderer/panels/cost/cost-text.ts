/** @file The table of costs as text, to be pasted where columns are kept by spaces. */
import { BYTES_OF_FLOAT, formatBytes, type CostRow } from '../../../core/check/index.ts';
import { formatShape } from '../../../core/spec/index.ts';
import { formatPath } from '../../state/paths.ts';
import { formatCount } from '../../ui/format.ts';

export function costText(rows: readonly CostRow[]): string {
  const lines = [
    ['Module', 'Type', 'Output', 'Parameters', 'Multiply-adds', 'Activations'],
    ...rows.map(({ path, type, outputs, parameters, multiplyAdds, activations }) => [
      formatPath(path),
      type,
      outputs.map(formatShape).join(', '),
      formatCount(parameters),
      formatCount(multiplyAdds),
      formatBytes(activations * BYTES_OF_FLOAT),
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const isNumber = (column: number) => column > 2;
  const pad = (cell: string, column: number) => (isNumber(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!));
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n') + '\n';
}
