/** @file Where inputs and labels come from. */
import { useState } from 'react';
import { useServices } from '../app/services.ts';
import { setRun, type CsvSource, type DataSource } from '../../core/document/index.ts';
import { SHIPPED_DATA } from '../derived/shipped-data.ts';
import { useDocument } from '../document/hooks.ts';
import { CSV_FILE } from '../platform/kinds.ts';
import { Button } from '../ui/button.tsx';
import { formatPlural } from '../ui/format.ts';
import { SelectInput } from '../ui/select-input.tsx';
import { readColumns, readCsvFile } from './csv-columns.ts';
import { FormRow } from './form-row.tsx';
import { NumberRow } from './number-row.tsx';
import { useEdit } from './use-edit.ts';

const OWN = 'own';

/** A fifth of the rows, for testing. */
const TEST_PART = 0.2;

export function DataForm() {
  const services = useServices();
  const edit = useEdit();
  const source = useDocument((document) => document.run.source);
  const [fault, setFault] = useState<string>();
  const setSource = (next: DataSource): void => void edit('Choose data', (document) => setRun(document, { source: next }));

  const load = async (): Promise<void> => {
    const file = await services.platform.openFile([CSV_FILE]);
    if (!file) return;
    const reading = readCsvFile(file.text, source.kind === 'csv' ? source.label : undefined);
    if (!reading.ok) {
      setFault(`${file.name}: ${reading.problem.message} ${reading.problem.hint}`);
      return;
    }
    setFault(undefined);
    const testRows = Math.floor(reading.rows * TEST_PART);
    setSource({ kind: 'csv', file: file.name, text: file.text, label: reading.label, scale: 1, testRows });
    services.dialogs.tell(`${file.name}: ${formatPlural(reading.rows, 'row')}, ${formatPlural(reading.columns.length, 'column')}.`);
  };
  const choose = (kind: string): void => {
    setFault(undefined);
    if (kind === 'ones') setSource({ kind });
    else if (kind === 'normal') setSource({ kind, seed: 0 });
    else if (kind === OWN) void load();
    else if (SHIPPED_DATA[kind]) setSource(SHIPPED_DATA[kind].source);
  };
  const isOwn = source.kind === 'csv' && (source.text !== undefined || !Object.hasOwn(SHIPPED_DATA, source.file));
  return (
    <>
      <FormRow label="source" fault={fault}>
        <SelectInput
          label="Data source"
          value={source.kind === 'csv' ? (isOwn ? OWN : source.file) : source.kind}
          options={[
            { value: 'ones', label: 'Ones' },
            { value: 'normal', label: 'Normal numbers' },
            ...Object.entries(SHIPPED_DATA).map(([value, { title }]) => ({ value, label: title })),
            { value: OWN, label: isOwn ? source.file : 'A CSV file …' },
          ]}
          onChange={choose}
        />
      </FormRow>
      <div className="inspector-actions">
        <Button size="small" onPress={() => void load()}>
          Load a CSV file …
        </Button>
      </div>
      {source.kind === 'normal' && (
        <NumberRow label="data seed" value={source.seed} min={0} onCommit={(seed) => setSource({ ...source, seed })} />
      )}
      {source.kind === 'csv' && <CsvRows source={source} onChange={setSource} />}
    </>
  );
}

interface CsvRowsProps {
  readonly source: CsvSource;
  readonly onChange: (source: CsvSource) => void;
}

function CsvRows({ source, onChange }: CsvRowsProps) {
  const { derived } = useServices();
  const columns = readColumns(source.text ?? derived.dataFiles[source.file] ?? '');
  const options = columns.includes(source.label) ? columns : [source.label, ...columns];
  return (
    <>
      <FormRow label="label" doc="The column to predict; all others are features.">
        <SelectInput
          label="Label column"
          value={source.label}
          options={options.map((value) => ({ value, label: value }))}
          onChange={(label) => onChange({ ...source, label })}
        />
      </FormRow>
      <NumberRow
        label="divide by"
        doc="Features are divided by this."
        value={source.scale}
        isAbove={0}
        onCommit={(scale) => onChange({ ...source, scale })}
      />
      <NumberRow
        label="test rows"
        doc="The last rows of the file are kept for testing."
        value={source.testRows}
        min={0}
        isWhole
        onCommit={(testRows) => onChange({ ...source, testRows })}
      />
    </>
  );
}
