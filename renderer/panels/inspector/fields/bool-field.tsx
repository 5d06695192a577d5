import { SelectInput } from '../../../ui/select-input.tsx';
import { Switch } from '../../../ui/switch.tsx';
import type { FieldProps } from './field-props.ts';
import { TextField } from './text-field.tsx';

/** A switch; with “none” as a third choice where the parameter may be left to the layer; a text field for an expression. */
export function BoolField(props: FieldProps) {
  const { name, spec, value, fallback, describedBy, onValue } = props;
  const shown = value === undefined ? fallback : value;
  if (typeof shown === 'object' && shown !== null) return <TextField {...props} />;
  if (!spec.nullable) return <Switch label={name} isLabelHidden isOn={shown === true} onChange={onValue} />;
  return (
    <SelectInput
      label={name}
      value={shown === null || shown === undefined ? 'none' : String(shown)}
      options={['none', 'false', 'true'].map((each) => ({ value: each, label: each }))}
      describedBy={describedBy}
      onChange={(text) => onValue(text === 'none' ? null : text === 'true')}
    />
  );
}
