/** @file A table: the roles of its columns, what becomes of words and gaps, and how it is written, with a preview of its first rows. */
import type { Argument, JsonValue, Typed } from '../../../core/document/index.ts';
import { findSource } from '../../../core/index.ts';
import { COMMENTS, readColumns, remarkOn, SEPARATORS, tableOptions, THOUSANDS, type Columns } from '../../../core/sources/index.ts';
import { useMemo } from 'react';
import { useServices } from '../../hooks/services.ts';
import { formatPlural } from '../../ui/format.ts';
import { SelectInput } from '../../ui/select-input.tsx';
import { FormRow } from './form-row.tsx';
import { ParamForm } from './param-form.tsx';
import { TablePreview } from './table-preview.tsx';

interface TableFormProps {
  readonly args: Typed['args'];
  /** What the check says, by parameter. */
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: Argument | undefined) => void;
}

type Reading = { readonly columns: Columns } | { readonly message: string };

const SEPARATOR_NAMES: Readonly<Record<(typeof SEPARATORS)[number], string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ':': 'colon',
  ' ': 'space',
};
const THOUSANDS_NAMES: Readonly<Record<(typeof THOUSANDS)[number], string>> = {
  '': 'not apart',
  ',': 'comma',
  '.': 'point',
  ' ': 'space',
  "'": 'apostrophe',
};
const MOST_NAMES = 4;
/** A choice that stands for an empty text; an empty choice: recognised. */
const NOTHING = 'none';
/** What a person chooses in the table and below it, not in a row of its own. */
const IN_THE_TABLE = new Set(['label']);

export function TableForm({ args, problems, onChange }: TableFormProps) {
  const { data } = useServices();
  const options = tableOptions(args);
  const files = data.files();
  const text = (options.asset === undefined ? undefined : files[options.asset]) ?? files[options.file];
  const { separator, header, decimal, thousands, comment } = options.dialect;
  const reading = useMemo(
    () => read(text, { separator, header, decimal, thousands, comment }),
    [text, separator, header, decimal, thousands, comment],
  );
  const params = Object.fromEntries(Object.entries(findSource('csv')?.params ?? {}).filter(([name]) => !IN_THE_TABLE.has(name)));
  const shown = Object.fromEntries(Object.entries(args).filter(([name]) => Object.hasOwn(params, name)));
  if (!reading) {
    return (
      <p className="param-fault" role="alert">
        The table “{options.file}” is not at hand. Load the file again: it is recognised by its content.
      </p>
    );
  }
  if ('message' in reading) {
    return (
      <p className="param-fault" role="alert">
        {reading.message}
      </p>
    );
  }
  const { columns } = reading;
  return (
    <>
      <TablePreview columns={columns} options={options} onChange={onChange} />
      {problems['label'] !== undefined && (
        <p className="param-fault" role="alert">
          {problems['label']}
        </p>
      )}
      <p className="section-hint">{howWritten(columns, options.encoding)}</p>
      {columns.columns.flatMap((column) => {
        const remark = remarkOn(column, options.ignored.includes(column.name));
        return remark
          ? [
              <p key={column.name} className="section-hint" title={remark.hint}>
                {remark.message}
              </p>,
            ]
          : [];
      })}
      <ParamForm params={params} args={shown} problems={problems} onChange={onChange} />
      <details className="more">
        <summary>How the file is written</summary>
        <Choice
          label="separator"
          value={options.dialect.separator ?? ''}
          values={SEPARATORS.map((value) => [value, SEPARATOR_NAMES[value]])}
          onChange={(value) => onChange('separator', value)}
        />
        <Choice
          label="decimal sign"
          value={options.dialect.decimal ?? ''}
          values={[
            ['.', 'point'],
            [',', 'comma'],
          ]}
          onChange={(value) => onChange('decimal', value)}
        />
        <Choice
          label="thousands"
          value={chosen(options.dialect.thousands)}
          values={THOUSANDS.map((value) => [value === '' ? NOTHING : value, THOUSANDS_NAMES[value]])}
          onChange={(value) => onChange('thousands', value === NOTHING ? '' : value)}
        />
        <Choice
          label="comment lines"
          value={chosen(options.dialect.comment)}
          values={COMMENTS.map((value) => [value === '' ? NOTHING : value, value === '' ? 'none' : `begin with ${value}`])}
          onChange={(value) => onChange('comment', value === NOTHING ? '' : value)}
        />
        <Choice
          label="first line"
          value={options.dialect.header === undefined ? '' : String(options.dialect.header)}
          values={[
            ['true', 'names the columns'],
            ['false', 'is a row'],
          ]}
          onChange={(value) => onChange('header', value === undefined ? undefined : value === 'true')}
        />
      </details>
    </>
  );
}

function chosen(sign: string | undefined): string {
  return sign === '' ? NOTHING : (sign ?? '');
}

/** What was recognised of the file, as a sentence. */
function howWritten({ rows, columns, dialect, comments, isNamedByComment }: Columns, encoding: string | undefined): string {
  const { separator, decimal, thousands, header, comment } = dialect;
  const example = `1${thousands}234${decimal}5`;
  const names = isNamedByComment ? 'a comment names the columns' : header ? 'first line names the columns' : 'no line of names';
  const percents = columns.filter(({ isPercent }) => isPercent).map(({ name }) => name);
  const someOfThem = percents.length > MOST_NAMES ? formatPlural(percents.length, 'column') : percents.join(', ');
  const parts = [
    `separated by ${SEPARATOR_NAMES[separator]}`,
    ...(decimal === ',' ? ['decimal comma'] : []),
    ...(thousands === '' ? [] : [`thousands apart by ${THOUSANDS_NAMES[thousands]} (${example} is 1234.5)`]),
    ...(percents.length === 0 ? [] : [`percent as hundredths in ${someOfThem}`]),
    ...(comments === 0 ? [] : [`${formatPlural(comments, 'line')} beginning with ${comment} left out`]),
    ...(encoding === undefined ? [] : [`written as ${encoding}`]),
    names,
  ];
  return `${formatPlural(rows.length, 'row')}; ${parts.join(', ')}.`;
}

function read(text: string | undefined, dialect: Readonly<Record<string, JsonValue | undefined>>): Reading | undefined {
  if (text === undefined) return undefined;
  const given = Object.fromEntries(Object.entries(dialect).filter(([, value]) => value !== undefined));
  try {
    return { columns: readColumns(text, given) };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

interface ChoiceProps {
  readonly label: string;
  /** Empty: recognised. */
  readonly value: string;
  readonly values: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, value, values, onChange }: ChoiceProps) {
  return (
    <FormRow label={label}>
      <SelectInput
        label={label}
        value={value}
        options={[{ value: '', label: 'recognised' }, ...values.map(([each, name]) => ({ value: each, label: name }))]}
        onChange={(next) => onChange(next === '' ? undefined : next)}
      />
    </FormRow>
  );
}
