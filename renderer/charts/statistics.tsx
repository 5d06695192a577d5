/** @file The statistics of a tensor, as a table: of all its numbers, and where some are not finite of the others, too. */
import { isNotFinite, type Statistics as Measured } from '../../core/run/index.ts';
import { NOT_FINITE } from '../ui/color-scales.ts';
import { formatCount, formatNumber } from '../ui/format.ts';
import { notFiniteColor, statisticText } from './not-finite-text.ts';

interface Row {
  readonly name: string;
  readonly value: string;
  readonly color?: string | undefined;
}

const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;

function rowsOf(summary: Measured): readonly Row[] {
  const { min, max, mean, std, norm, zeros, nans, infinities, count } = summary;
  const of = (part: number): string => `${formatCount(part)} of ${formatCount(count)}`;
  const shape: Row = { name: 'shape', value: shapeText(summary.shape) };
  if (!isNotFinite(summary))
    return [
      shape,
      { name: 'min', value: formatNumber(min) },
      { name: 'max', value: formatNumber(max) },
      { name: 'mean', value: formatNumber(mean) },
      { name: 'std', value: formatNumber(std) },
      { name: 'norm', value: formatNumber(norm) },
      { name: 'zeros', value: of(zeros) },
    ];
  const color = notFiniteColor(summary);
  return [
    shape,
    ...(nans > 0 ? [{ name: 'NaN', value: of(nans), color: NOT_FINITE.nan }] : []),
    ...(infinities > 0 ? [{ name: 'infinite', value: of(infinities), color: NOT_FINITE.infinite }] : []),
    ...(['mean', 'std', 'norm'] as const).map((name) => ({ name, value: statisticText(summary, name), color })),
    { name: 'zeros', value: of(zeros) },
    { name: 'finite', value: of(count - nans - infinities) },
    { name: 'their min', value: formatNumber(min) },
    { name: 'their max', value: formatNumber(max) },
    { name: 'their mean', value: formatNumber(mean) },
    { name: 'their std', value: formatNumber(std) },
  ];
}

interface StatisticsProps {
  readonly summary: Measured;
  readonly label: string;
  /** The same of another run, beside it. */
  readonly other?: { readonly name: string; readonly own: string; readonly summary: Measured } | undefined;
}

export function Statistics({ summary, label, other }: StatisticsProps) {
  const others = new Map(other ? rowsOf(other.summary).map(({ name, value }) => [name, value]) : []);
  return (
    <table className="statistics" aria-label={label}>
      {other && (
        <thead>
          <tr>
            <td />
            <th scope="col">{other.own}</th>
            <th scope="col">{other.name}</th>
          </tr>
        </thead>
      )}
      <tbody>
        {rowsOf(summary).map(({ name, value, color }) => (
          <tr key={name} style={color === undefined ? undefined : { color, fontWeight: 600 }}>
            <th scope="row">{name}</th>
            <td>{value}</td>
            {other && <td className="statistics-other">{others.get(name) ?? '–'}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
