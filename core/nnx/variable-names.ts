/** @file Variable types by name, for those who say `'intermediates'` instead of `Intermediate`. Port of nnx.variable_type_from_name. */
import { ValueError } from './errors.ts';
import { type Class, className } from './type-name.ts';
import { BatchStat, Cache, Intermediate, Param, Perturbation, Variable } from './variable.ts';

/** A class of Variables. */
export type VariableType<V extends Variable<unknown> = Variable<unknown>> = Class<V>;

const types = new Map<string, VariableType>([
  ['params', Param],
  ['batch_stats', BatchStat],
  ['cache', Cache],
  ['intermediates', Intermediate],
  ['perturbations', Perturbation],
]);

/**
 * The Variable type of a name.
 * @param options with `allowRegister`, an unknown name makes and registers a new direct subclass of `base` (default Variable).
 * @throws ValueError if the name is unknown and may not be registered.
 */
export function variableTypeFromName(
  name: string,
  { base = Variable, allowRegister = false }: { base?: VariableType; allowRegister?: boolean } = {},
): VariableType {
  const known = types.get(name);
  if (known) return known;
  if (!allowRegister)
    throw new ValueError(`Name '${name}' is not registered in the registry. To register a new name, use registerVariableName().`);
  const parent = base as new (...args: never[]) => Variable<unknown>;
  const made = class extends parent {
    static readonly typeName: string = name;
  };
  types.set(name, made);
  return made;
}

/** The name of a Variable type: the registered one, else the class's own. Port of nnx.variable_name_from_type. */
export function variableNameFromType(type: VariableType): string {
  for (const [name, known] of types) if (known === type) return name;
  return className(type);
}

/**
 * Registers a name for a Variable type.
 * @throws ValueError if the name is taken and `overwrite` is not set.
 */
export function registerVariableName(name: string, type: VariableType, { overwrite = false }: { overwrite?: boolean } = {}): void {
  if (types.has(name) && !overwrite)
    throw new ValueError(`Name '${name}' is already registered. Choose another, or pass { overwrite: true }.`);
  types.set(name, type);
}

/** The Variable type that is meant, by itself or by name; an unknown name is registered. */
export function toVariableType(type: VariableType | string): VariableType {
  return typeof type === 'string' ? variableTypeFromName(type, { allowRegister: true }) : type;
}
