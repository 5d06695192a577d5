/** @file The statistics of a tensor, as a table. */
import type { Summary } from '../../core/run/index.ts';
import { formatCount, formatNumber } from '../ui/format.ts';

const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;

export function Statistics({ summary, label }: { readonly summary: Summary; readonly label: string }) {
  const rows: readonly (readonly [name: string, value: string, isBad?: boolean])[] = [
    ['shape', shapeText(summary.shape)],
    ['min', formatNumber(summary.min)],
    ['max', formatNumber(summary.max)],
    ['mean', formatNumber(summary.mean)],
    ['std', formatNumber(summary.std)],
    ['norm', formatNumber(summary.norm)],
    ['zeros', `${formatCount(summary.zeros)} of ${formatCount(summary.count)}`],
    ...(summary.nans > 0 ? [['NaN', formatCount(summary.nans), true] as const] : []),
    ...(summary.infinities > 0 ? [['infinite', formatCount(summary.infinities), true] as const] : []),
  ];
  return (
    <table className="statistics" aria-label={label}>
      <tbody>
        {rows.map(([name, value, isBad]) => (
          <tr key={name} data-bad={isBad}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
