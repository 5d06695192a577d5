import { useState } from 'react';
import { TextInput } from '../../ui/text-input.tsx';
import { FormRow } from './form-row.tsx';

interface NumberRowProps {
  readonly label: string;
  readonly value: number;
  readonly onCommit: (value: number) => void;
  readonly doc?: string;
  readonly min?: number;
  /** The value must be above this. */
  readonly isAbove?: number;
  readonly isWhole?: boolean;
}

/** A number of the run settings; what is no such number is refused below the field. */
export function NumberRow({ label, value, onCommit, doc, min, isAbove, isWhole = false }: NumberRowProps) {
  const [fault, setFault] = useState<string>();
  const commit = (text: string): boolean => {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    const isFit =
      Number.isFinite(number) &&
      (!isWhole || Number.isInteger(number)) &&
      !(number < (min ?? -Infinity)) &&
      number > (isAbove ?? -Infinity);
    const bound = min === undefined ? (isAbove === undefined ? '' : ` above ${isAbove}`) : ` from ${min}`;
    setFault(isFit ? undefined : `Expected a ${isWhole ? 'whole ' : ''}number${bound}, got "${text}".`);
    if (isFit) onCommit(number);
    return isFit;
  };
  const onStep = (text: string, direction: 1 | -1): string | undefined => {
    const number = Number(text);
    return Number.isFinite(number) && isWhole ? String(Math.max(number + direction, min ?? -Infinity)) : undefined;
  };
  return (
    <FormRow label={label} fault={fault} {...(doc === undefined ? {} : { doc })}>
      <TextInput
        label={label.slice(0, 1).toUpperCase() + label.slice(1)}
        value={String(value)}
        isMono
        isInvalid={fault !== undefined}
        onCommit={commit}
        onStep={onStep}
      />
    </FormRow>
  );
}
