import { TextInput } from '../../../ui/text-input.tsx';
import { writeArgument } from '../../../commands/shared/argument-text.ts';
import type { FieldProps } from './field-props.ts';

/** Texts, lists and paddings; numbers too, which step by the arrow keys. */
export function TextField({ name, spec, value, fallback, isInvalid, describedBy, onText }: FieldProps) {
  const isNumber = spec.kind === 'int' || spec.kind === 'float';
  const step = spec.step ?? (spec.kind === 'int' ? 1 : 0.1);
  const onStep = (text: string, direction: 1 | -1): string | undefined => {
    const present = Number(text === '' ? fallback : text);
    if (!Number.isFinite(present)) return undefined;
    const next = Math.min(Math.max(present + direction * step, spec.min ?? -Infinity), spec.max ?? Infinity);
    return String(Number(next.toPrecision(12)));
  };
  return (
    <TextInput
      label={name}
      value={writeArgument(value)}
      placeholder={fallback === undefined ? (spec.from ? 'from the input' : 'required') : writeArgument(fallback)}
      isInvalid={isInvalid}
      isMono
      describedBy={describedBy}
      onCommit={onText}
      {...(isNumber ? { onStep } : {})}
    />
  );
}
