import type { Argument, Arguments, ModelClass } from '../../../core/document/index.ts';
import { fieldParams } from '../../commands/quick-add/read-addition.ts';
import { ParamForm } from './param-form.tsx';

interface ClassArgumentsProps {
  readonly usedClass: ModelClass;
  readonly args: Arguments;
  /** Fields of the class that uses it, which expressions may name. */
  readonly fields: readonly string[];
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: Argument | undefined) => void;
}

/** The arguments of a class: one row per field. */
export function ClassArguments({ usedClass, ...rest }: ClassArgumentsProps) {
  return <ParamForm params={fieldParams(usedClass.fields)} {...rest} />;
}
