/** @file The Variable type that a probe names. */
import { className } from '../nnx/type-name.ts';
import { toVariableType, type VariableType } from '../nnx/variable-names.ts';
import { Intermediate, Perturbation } from '../nnx/variable.ts';

/** Core's own types by the names of their classes; a name of the user's own makes a type of that name, as in Flax. */
export function variableTypeOf(name: string): VariableType {
  const known = [Intermediate, Perturbation].find((type) => className(type) === name);
  return (known as VariableType | undefined) ?? toVariableType(name);
}
