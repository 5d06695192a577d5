import type { Argument, Arguments, Field, ModelClass } from '../../../core/document/index.ts';
import type { ParamSpec, ParamSpecs } from '../../../core/spec/index.ts';
import { ParamForm } from './param-form.tsx';

/** A field of a class as the parameter that its users see. */
function specOf({ type: kind, doc = `A field of type ${kind}.`, default: value }: Field): ParamSpec {
  return { kind, doc, default: value, nullable: false };
}

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
  const params: ParamSpecs = Object.fromEntries(usedClass.fields.map((field) => [field.name, specOf(field)]));
  return <ParamForm params={params} {...rest} />;
}
