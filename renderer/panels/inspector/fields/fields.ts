/** @file The field of each kind of parameter. A new kind does not compile until it has one. */
import type { ComponentType } from 'react';
import type { ParamKind } from '../../../../core/spec/index.ts';
import { ActivationField } from './activation-field.tsx';
import { BoolField } from './bool-field.tsx';
import { ChoiceField, DtypeField } from './choice-field.tsx';
import type { FieldProps } from './field-props.ts';
import { InitializerField } from './initializer-field.tsx';
import { TextField } from './text-field.tsx';

export const FIELDS: Readonly<Record<ParamKind, ComponentType<FieldProps>>> = {
  int: TextField,
  float: TextField,
  bool: BoolField,
  choice: ChoiceField,
  text: TextField,
  ints: TextField,
  dtype: DtypeField,
  initializer: InitializerField,
  activation: ActivationField,
  padding: TextField,
};
