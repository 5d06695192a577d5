/** @file The columns of a table with their roles and their first cells. */
import type { Argument } from '../../../core/document/index.ts';
import type { Column, Columns, TableOptions } from '../../../core/sources/index.ts';
import { SelectInput } from '../../ui/select-input.tsx';

/** More columns than this are told by their number: pictures have hundreds, all alike. */
const MOST_COLUMNS = 40;
const CELLS = 3;

type Role = 'feature' | 'oneHot' | 'index' | 'label' | 'ignored';

interface TablePreviewProps {
  readonly columns: Columns;
  readonly options: TableOptions;
  readonly onChange: (name: string, value: Argument | undefined) => void;
}

export function TablePreview({ columns, options, onChange }: TablePreviewProps) {
  const labelAt = columns.columns.findIndex(({ name }) => name === options.label);
  // The label is always among those shown.
  const shown = columns.columns.flatMap((column, at) => (at < MOST_COLUMNS || at === labelAt ? [{ column, at }] : []));
  const choose = (column: Column, role: Role): void => {
    if (role === 'label') return onChange('label', column.name);
    const others = options.ignored.filter((name) => name !== column.name);
    if (role === 'ignored') return onChange('ignored', [...others, column.name]);
    if (others.length !== options.ignored.length) return onChange('ignored', others.length > 0 ? others : undefined);
    const { [column.name]: _before, ...words } = options.words;
    const next = role === 'feature' ? words : { ...words, [column.name]: role };
    return onChange('words', Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <div className="table-preview" role="region" aria-label="Columns of the table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">column</th>
            <th scope="col">role</th>
            <th scope="col">first cells</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ column, at }) => (
            <tr key={column.name} data-role={roleOf(column, options)}>
              <th scope="row" title={column.name}>
                {column.name}
              </th>
              <td>
                <SelectInput
                  label={`Role of ${column.name}`}
                  value={roleOf(column, options)}
                  options={rolesFor(column)}
                  onChange={(role) => choose(column, role as Role)}
                />
              </td>
              <td className="cells">
                {columns.rows.slice(0, CELLS).map((row, i) => (
                  <span key={i}>{row[at]?.trim() === '' ? '–' : row[at]}</span>
                ))}
                {column.gaps > 0 && <em>{column.gaps} empty</em>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < columns.columns.length && (
        <p className="section-hint">… and {columns.columns.length - shown.length} further columns, as features.</p>
      )}
    </div>
  );
}

function roleOf(column: Column, { label, ignored, words }: TableOptions): Role {
  if (column.name === label) return 'label';
  if (ignored.includes(column.name)) return 'ignored';
  if (Object.hasOwn(words, column.name)) return words[column.name]!;
  return column.kind === 'words' ? 'oneHot' : 'feature';
}

function rolesFor(column: Column): readonly { readonly value: Role; readonly label: string }[] {
  const asWords = [
    { value: 'oneHot', label: `one-hot (${column.words.length})` },
    { value: 'index', label: 'word as number' },
  ] as const;
  return [
    ...(column.kind === 'numbers' ? [{ value: 'feature', label: 'feature' } as const] : []),
    ...(column.kind === 'words' || column.words.length <= 20 ? asWords : []),
    { value: 'label', label: 'label' },
    { value: 'ignored', label: 'ignored' },
  ];
}
