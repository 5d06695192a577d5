/** @file Where inputs and labels come from. */
import { fitToData } from '../../../core/check/index.ts';
import { setRun, type Argument, type JsonValue, type Typed } from '../../../core/document/index.ts';
import { findSource, SOURCES } from '../../../core/index.ts';
import { startArgs } from '../../../core/spec/index.ts';
import { readColumns, type Column, type Columns, type Dialect } from '../../../core/sources/index.ts';
import { useState } from 'react';
import { useDocument } from '../../hooks/document.ts';
import { useServices } from '../../hooks/services.ts';
import { useEdit } from '../../hooks/use-edit.ts';
import { TABLE_FILES } from '../../platform/kinds.ts';
import type { OpenedFile } from '../../platform/platform.ts';
import { SHIPPED_DATA } from '../../state/derived/shipped-data.ts';
import { Button } from '../../ui/button.tsx';
import { formatPlural } from '../../ui/format.ts';
import { SelectInput } from '../../ui/select-input.tsx';
import { type ChosenData, FileDataButtons } from './file-data.tsx';
import { FilePreview } from './file-preview.tsx';
import { FormRow } from './form-row.tsx';
import { ParamForm } from './param-form.tsx';
import { TableForm } from './table-form.tsx';
import { useRunProblems } from './use-run-problems.ts';

const OWN = 'own';
const USUAL: Dialect = { separator: ',', decimal: '.', thousands: '', comment: '', header: true };
/** A fifth of the rows, for testing. */
const TEST_PART = 0.2;

export function DataForm() {
  const { data, dialogs, platform } = useServices();
  const edit = useEdit();
  const source = useDocument((document) => document.run.source);
  const [fault, setFault] = useState<string>();
  const problems = useRunProblems('data', 'source');
  const setSource = (next: Typed): void => void edit('Choose data', (document) => setRun(document, { source: next }));

  const load = async (): Promise<void> => {
    try {
      const file = await platform.openFile(TABLE_FILES);
      if (!file) return;
      const cut = readColumns(file.text);
      const asset = data.put(file.text);
      setFault(undefined);
      setSource({ type: 'csv', args: firstChoice(file, asset, cut) });
      dialogs.tell(`${file.name}: ${formatPlural(cut.rows.length, 'row')}, ${formatPlural(cut.columns.length, 'column')}.`);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const take = ({ source: chosen, file, text }: ChosenData): void => {
    try {
      const args = { file, asset: data.put(text), ...startArgs(chosen.params), ...chosen.file!.start(text, file) };
      setFault(undefined);
      setSource({ type: chosen.type, args: args as Typed['args'] });
      dialogs.tell(`${file}: ${chosen.title.toLowerCase()}.`);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const choose = (type: string): void => {
    setFault(undefined);
    if (type === OWN) void load();
    else if (Object.hasOwn(SHIPPED_DATA, type)) setSource(SHIPPED_DATA[type]!.source);
    else if (SOURCES[type] && SOURCES[type].file === undefined) setSource({ type, args: startArgs(SOURCES[type].params) as Typed['args'] });
  };
  const file = source.type === 'csv' ? String(source.args['file'] ?? '') : undefined;
  const isOwn = file !== undefined && (source.args['asset'] !== undefined || !Object.hasOwn(SHIPPED_DATA, file));
  const descriptor = findSource(source.type);
  const setArg = (name: string, value: Argument | undefined): void => {
    const { [name]: _before, ...others } = source.args;
    setSource({ ...source, args: value === undefined ? others : { ...others, [name]: value as JsonValue } });
  };
  return (
    <>
      <FormRow label="source" fault={fault ?? problems.others} {...(descriptor ? { doc: descriptor.doc } : {})}>
        <SelectInput
          label="Data source"
          value={file === undefined ? source.type : isOwn ? OWN : file}
          options={[
            ...(descriptor ? [] : [{ value: source.type, label: `${source.type} (not known here)` }]),
            ...(descriptor?.file ? [{ value: source.type, label: `${descriptor.title}: ${String(source.args['file'] ?? '')}` }] : []),
            ...Object.values(SOURCES).flatMap(({ type, title, hasLabels }) => (hasLabels ? [] : [{ value: type, label: title }])),
            ...Object.entries(SHIPPED_DATA).map(([value, { title }]) => ({ value, label: title })),
            { value: OWN, label: isOwn ? file : 'A table of your own …' },
          ]}
          onChange={choose}
        />
      </FormRow>
      <FitButton />
      <div className="inspector-actions">
        <Button size="small" onPress={() => void load()}>
          Load a CSV file …
        </Button>
        <FileDataButtons onChosen={take} onFault={setFault} />
      </div>
      {source.type === 'csv' ? (
        <TableForm args={source.args} problems={problems.byParam} onChange={setArg} />
      ) : (
        descriptor && (
          <>
            {descriptor.file && <FilePreview descriptor={descriptor} args={source.args} />}
            <ParamForm
              params={descriptor.params}
              args={descriptor.file ? ownArgs(source.args) : source.args}
              problems={problems.byParam}
              onChange={setArg}
            />
          </>
        )
      )}
    </>
  );
}

/**
 * The last column is what people predict; a column that counts rows says nothing of them, nor does one of dates, or an empty one. How the file
 * is written is kept in the document, where it is not as most are.
 */
function firstChoice(file: OpenedFile, asset: string, cut: Columns): Typed['args'] {
  const isEmpty = ({ gaps }: Column): boolean => gaps === cut.rows.length;
  const label = cut.columns.findLast((column) => !isEmpty(column));
  const isNoFeature = (column: Column): boolean => column.isIndex || column.looksLike === 'dates' || isEmpty(column);
  const ignored = cut.columns.filter((column) => column !== label && isNoFeature(column));
  return {
    file: file.name,
    asset,
    label: label?.name ?? '',
    ...(ignored.length > 0 ? { ignored: ignored.map((column) => column.name) } : {}),
    ...unusual(cut.dialect),
    ...(file.encoding === undefined ? {} : { encoding: file.encoding }),
    scale: 1,
    testRows: Math.floor(cut.rows.length * TEST_PART),
  };
}

/** The file is chosen above, not typed. */
function ownArgs({ file: _file, asset: _asset, ...args }: Typed['args']): Typed['args'] {
  return args;
}

function unusual(dialect: Dialect): Typed['args'] {
  return Object.fromEntries(Object.entries(dialect).filter(([name, value]) => value !== USUAL[name as keyof Dialect]));
}

/** Loss, input and last layer as the data want them, in one step. */
function FitButton() {
  const { data } = useServices();
  const edit = useEdit();
  const document = useDocument((each) => each);
  const fit = fitToData(document, data.files());
  if (!fit) return null;
  return (
    <div className="inspector-actions fit">
      <Button
        size="small"
        tone="primary"
        onPress={() => edit('Fit the model to the data', (present) => fitToData(present, data.files())?.document ?? present)}
      >
        Fit the model to the data
      </Button>
      <span>Sets {fit.label}.</span>
    </div>
  );
}
