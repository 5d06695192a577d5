/** @file One parameter: its name and help, its field, what is wrong with it, and the way back to the default. */
import { RotateCcw } from 'lucide-react';
import { useId, useState } from 'react';
import { isExpression, type Argument } from '../../../core/document/index.ts';
import type { ParamSpec, ParamValue } from '../../../core/spec/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { readArgument, unknownNames } from '../../commands/shared/argument-text.ts';
import { BreakableName } from './breakable-name.tsx';
import { FIELDS } from './fields/fields.ts';

interface ParamRowProps {
  readonly name: string;
  readonly spec: ParamSpec;
  readonly value: Argument | undefined;
  /** The value that inference found where none is set. */
  readonly inferred?: ParamValue | undefined;
  /** Fields of the class that an expression may name. */
  readonly fields?: readonly string[];
  /** What the check says about this parameter. */
  readonly problem?: string | undefined;
  /** Several are edited together, and differ. */
  readonly isMixed?: boolean;
  readonly onChange: (value: Argument | undefined) => void;
}

export function ParamRow({ name, spec, value, inferred, fields = [], problem, isMixed = false, onChange }: ParamRowProps) {
  const id = useId();
  const [refused, setRefused] = useState<string>();
  const isInferred = value === undefined && inferred !== undefined;
  const fallback = (isMixed ? 'mixed' : (inferred ?? spec.default)) as Argument | undefined;
  const unknown = unknownNames(value, fields);
  const fault = refused ?? (unknown.length > 0 ? `The class has no field ${unknown.join(', ')}.` : problem);
  const Field = FIELDS[spec.kind];
  const commit = (next: Argument | undefined): void => {
    setRefused(undefined);
    onChange(next);
  };
  return (
    <div className="param-row" data-set={value !== undefined || undefined}>
      <span className="param-name" title={spec.doc}>
        <BreakableName name={name} />
        {isInferred && (
          <Badge tone="accent" title="Follows from the shape of the inputs">
            inferred
          </Badge>
        )}
        {isMixed && <Badge title="The selected nodes differ; what is set here is set on all of them">mixed</Badge>}
        {isExpression(value) && <Badge title="An expression over the fields of the class">ƒ</Badge>}
        {spec.mode === true && <Badge title="A mode: train(), eval() and setAttributes change it on the live module">mode</Badge>}
      </span>
      <div className="param-field">
        <Field
          name={name}
          spec={spec}
          value={value}
          fallback={fallback}
          isInvalid={fault !== undefined}
          describedBy={id}
          onText={(text) => {
            const reading = readArgument(name, spec, text);
            if (reading.ok) commit(reading.value);
            else setRefused(reading.message);
            return reading.ok;
          }}
          onValue={commit}
        />
        {spec.unit !== undefined && <span className="unit">{spec.unit}</span>}
        {value !== undefined && fallback !== undefined && (
          <IconButton label={`Reset ${name}`} size="small" icon={<RotateCcw size={12} />} onPress={() => commit(undefined)} />
        )}
      </div>
      <p id={id} className={fault === undefined ? 'visually-hidden' : 'param-fault'} role={fault === undefined ? undefined : 'alert'}>
        {fault ?? spec.doc}
      </p>
    </div>
  );
}
