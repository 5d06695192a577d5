import { registry } from '../../../../core/index.ts';
import { ChoiceField } from './choice-field.tsx';
import type { FieldProps } from './field-props.ts';

/** All ops of the family: a new activation appears here by its file alone. */
const ACTIVATIONS = Object.values(registry)
  .filter((descriptor) => descriptor.kind === 'op' && descriptor.family === 'activation')
  .map((descriptor) => descriptor.type)
  .sort();

export function ActivationField(props: FieldProps) {
  return <ChoiceField {...props} spec={{ ...props.spec, choices: props.spec.choices ?? ACTIVATIONS }} />;
}
