/** @file A class of the user's: its name, its doc text and its fields. */
import { useEffect, useRef, useState } from 'react';
import { Plus, Trash2 } from 'lucide-react';
import {
  addField,
  changeField,
  removeField,
  renameClass,
  renameField,
  setClassDoc,
  setRoot,
  setRootArgs,
  type Field,
  type JsonValue,
  type ModelClass,
} from '../../../core/document/index.ts';
import { useDocument } from '../../hooks/document.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SelectInput } from '../../ui/select-input.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ClassArguments } from './class-arguments.tsx';
import { FormRow } from './form-row.tsx';
import { Section } from './section.tsx';
import { useEdit, useFieldEdit } from '../../hooks/use-edit.ts';

export function ClassForm({ modelClass }: { readonly modelClass: ModelClass }) {
  const edit = useEdit();
  const editHere = useFieldEdit();
  const root = useDocument((document) => document.root);
  const isRoot = root.class === modelClass.id;
  const rows = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState(0);
  const add = (): void => {
    if (edit('Add field', (document) => addField(document, modelClass.id, {}).document)) setAdded(added + 1);
  };
  // Its name is what one types next.
  useEffect(() => {
    if (added > 0) rows.current?.querySelector<HTMLInputElement>('.class-field:last-child input')?.select();
  }, [added]);
  return (
    <>
      <Section title="Class">
        <FormRow label="name" doc="The class name in code.">
          <TextInput
            label="Class name"
            value={modelClass.name}
            isMono
            onCommit={(name) => editHere(`Rename ${modelClass.name} to ${name}`, (document) => renameClass(document, modelClass.id, name))}
          />
        </FormRow>
        <FormRow label="doc">
          <TextInput
            label="Class doc"
            value={modelClass.doc}
            isMultiline
            onCommit={(doc) => edit(`Describe ${modelClass.name}`, (document) => setClassDoc(document, modelClass.id, doc))}
          />
        </FormRow>
        {!isRoot && (
          <Button size="small" onPress={() => edit(`Make ${modelClass.name} the root`, (document) => setRoot(document, modelClass.id))}>
            Make it the root
          </Button>
        )}
      </Section>
      <Section title="Fields" actions={<IconButton label="Add a field" size="small" icon={<Plus size={14} />} onPress={add} />}>
        {modelClass.fields.length === 0 && <p className="section-hint">Constructor parameters, for expressions such as 4 * width.</p>}
        <div ref={rows} className="class-fields">
          {modelClass.fields.map((field) => (
            <FieldRow key={field.name} modelClass={modelClass} field={field} />
          ))}
        </div>
      </Section>
      {isRoot && modelClass.fields.length > 0 && (
        <Section title="Arguments of the root">
          <ClassArguments
            usedClass={modelClass}
            args={root.args}
            fields={[]}
            problems={{}}
            onChange={(name, value) => edit(`Set ${name}`, (document) => setRootArgs(document, { [name]: value }))}
          />
        </Section>
      )}
    </>
  );
}

const TYPES = (['int', 'float', 'bool', 'text'] as const).map((value) => ({ value, label: value }));

function FieldRow({ modelClass, field }: { readonly modelClass: ModelClass; readonly field: Field }) {
  const edit = useEdit();
  const editHere = useFieldEdit();
  const change = (label: string, to: Parameters<typeof changeField>[3]): void =>
    void edit(`${label} of field ${field.name}`, (document) => changeField(document, modelClass.id, field.name, to));
  return (
    <div className="class-field" role="group" aria-label={`Field ${field.name}`} title={field.doc}>
      <TextInput
        label={`Name of field ${field.name}`}
        value={field.name}
        isMono
        onCommit={(name) => editHere(`Rename field ${field.name}`, (document) => renameField(document, modelClass.id, field.name, name))}
      />
      <SelectInput
        label={`Type of field ${field.name}`}
        value={field.type}
        options={TYPES}
        onChange={(type) => change('Type', { type: type as Field['type'], default: undefined })}
      />
      <TextInput
        label={`Default of field ${field.name}`}
        value={field.default === undefined ? '' : String(field.default)}
        placeholder="required"
        isMono
        onCommit={(text) => {
          const reading = readDefault(field.type, text);
          if ('fault' in reading) return reading.fault;
          change('Default', { default: reading.value });
        }}
      />
      <IconButton
        label={`Remove field ${field.name}`}
        size="small"
        icon={<Trash2 size={13} />}
        onPress={() => edit(`Remove field ${field.name}`, (document) => removeField(document, modelClass.id, field.name))}
      />
    </div>
  );
}

/** No text makes the field required. */
function readDefault(type: Field['type'], text: string): { readonly value: JsonValue | undefined } | { readonly fault: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { value: undefined };
  if (type === 'text') return { value: text };
  if (type === 'bool') {
    if (trimmed === 'true' || trimmed === 'false') return { value: trimmed === 'true' };
    return { fault: `Expected true or false, got "${text}". Type one of them, or nothing to require a value.` };
  }
  const value = Number(trimmed);
  const isFit = Number.isFinite(value) && (type === 'float' || Number.isInteger(value));
  if (isFit) return { value };
  return { fault: `Expected a ${type === 'int' ? 'whole number' : 'number'}, got "${text}". Type one, or nothing to require a value.` };
}
