/** @file Inputs, outputs and constants of a class. */
import { useState } from 'react';
import {
  renamePort,
  setConstant,
  setInput,
  type ConstantNode,
  type InputNode,
  type JsonValue,
  type ModelClass,
  type OutputNode,
} from '../../../core/document/index.ts';
import { SelectInput } from '../../ui/select-input.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { FormRow } from './form-row.tsx';
import { Heading } from './heading.tsx';
import { Section } from './section.tsx';
import { readShape, writeShape } from '../../commands/shared/shape-text.ts';
import { useEdit, useFieldEdit } from '../../hooks/use-edit.ts';

const DTYPES = (['float32', 'int32', 'bool'] as const).map((value) => ({ value, label: value }));

function NameRow({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: InputNode | OutputNode }) {
  const editHere = useFieldEdit();
  return (
    <FormRow label="name" doc="The name in code.">
      <TextInput
        label={node.kind === 'input' ? 'Input name' : 'Output name'}
        value={node.name}
        isMono
        onCommit={(name) => editHere(`Rename ${node.name} to ${name}`, (document) => renamePort(document, modelClass.id, node.id, name))}
      />
    </FormRow>
  );
}

export function InputForm({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: InputNode }) {
  const edit = useEdit();
  const [fault, setFault] = useState<string>();
  const fields = modelClass.fields.map((field) => field.name);
  const commitShape = (text: string): boolean => {
    const reading = readShape(text, fields);
    setFault(reading.ok ? undefined : reading.message);
    if (reading.ok) edit(`Set shape of ${node.name}`, (document) => setInput(document, modelClass.id, node.id, { shape: reading.shape }));
    return reading.ok;
  };
  return (
    <>
      <Heading title={node.name} kind="input" family="io" doc={`An argument of ${modelClass.name}.`} />
      <Section title="Input">
        <NameRow modelClass={modelClass} node={node} />
        <FormRow
          label="shape"
          doc="Lengths separated by commas; a name such as batch stands for one known only when the model runs."
          fault={fault}
        >
          <TextInput
            label="Input shape"
            value={writeShape(node.shape)}
            placeholder="from the callers"
            isMono
            isInvalid={fault !== undefined}
            onCommit={commitShape}
          />
        </FormRow>
        <FormRow label="dtype">
          <SelectInput
            label="Input dtype"
            value={node.dtype}
            options={DTYPES}
            onChange={(dtype) =>
              edit(`Set dtype of ${node.name}`, (document) =>
                setInput(document, modelClass.id, node.id, { dtype: dtype as InputNode['dtype'] }),
              )
            }
          />
        </FormRow>
      </Section>
    </>
  );
}

export function OutputForm({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: OutputNode }) {
  return (
    <>
      <Heading title={node.name} kind="output" family="io" doc={`What ${modelClass.name} returns.`} />
      <Section title="Output">
        <NameRow modelClass={modelClass} node={node} />
      </Section>
    </>
  );
}

function readNumbers(text: string): JsonValue | undefined {
  const isNumbers = (value: unknown): value is JsonValue =>
    typeof value === 'number' || typeof value === 'boolean' || (Array.isArray(value) && value.every(isNumbers));
  try {
    const value: unknown = JSON.parse(text);
    return isNumbers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function ConstantForm({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: ConstantNode }) {
  const edit = useEdit();
  const [fault, setFault] = useState<string>();
  const commit = (text: string): boolean => {
    const value = readNumbers(text);
    setFault(value === undefined ? `Expected a number or nested lists of numbers such as [[1, 2], [3, 4]], got "${text}".` : undefined);
    if (value !== undefined) edit('Set constant', (document) => setConstant(document, modelClass.id, node.id, { value }));
    return value !== undefined;
  };
  return (
    <>
      <Heading title="Constant" kind="constant" family="io" doc="A number, or nested lists of numbers." />
      <Section title="Constant">
        <FormRow label="value" fault={fault}>
          <TextInput label="Constant value" value={JSON.stringify(node.value)} isMono isInvalid={fault !== undefined} onCommit={commit} />
        </FormRow>
        <FormRow label="dtype">
          <SelectInput
            label="Constant dtype"
            value={node.dtype}
            options={DTYPES}
            onChange={(dtype) =>
              edit('Set dtype of the constant', (document) =>
                setConstant(document, modelClass.id, node.id, { dtype: dtype as ConstantNode['dtype'] }),
              )
            }
          />
        </FormRow>
      </Section>
    </>
  );
}
