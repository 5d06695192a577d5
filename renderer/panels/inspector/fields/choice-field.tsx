import { DTYPES } from '../../../../core/spec/index.ts';
import { SelectInput } from '../../../ui/select-input.tsx';
import type { FieldProps } from './field-props.ts';
import { TextField } from './text-field.tsx';

/** A word out of a list; the list follows from the kind where the parameter gives none. */
function Choice({ choices, ...props }: FieldProps & { readonly choices: readonly string[] }) {
  const { name, spec, value, fallback, describedBy, onValue } = props;
  const shown = value === undefined ? fallback : value;
  if (typeof shown === 'object' && shown !== null) return <TextField {...props} />;
  const text = shown === undefined || shown === null ? '' : String(shown);
  const none = spec.nullable || text === '' ? [{ value: '', label: spec.nullable ? 'none' : 'choose …' }] : [];
  const unknown = text !== '' && !choices.includes(text) ? [{ value: text, label: `${text} (unknown)` }] : [];
  return (
    <SelectInput
      label={name}
      value={text}
      options={[...none, ...unknown, ...choices.map((each) => ({ value: each, label: each }))]}
      describedBy={describedBy}
      onChange={(next) => onValue(next === '' ? (spec.nullable ? null : undefined) : next)}
    />
  );
}

export function ChoiceField(props: FieldProps) {
  return <Choice {...props} choices={props.spec.choices ?? []} />;
}

export function DtypeField(props: FieldProps) {
  return <Choice {...props} choices={props.spec.choices ?? DTYPES} />;
}
