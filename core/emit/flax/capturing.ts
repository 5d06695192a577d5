/** @file Whether a capture runs: a function of the emitted code, for models with probes and for layers that sow. */
import { identifier } from '../identifier.ts';
import { writeText } from '../python/text.ts';
import type { PythonWriter } from '../python/writer.ts';

/** Its name. */
export const CAPTURING = 'capturing';

/** Outside a capture Flax's sow and perturb leave attributes on the module, one more value with every call. */
export function writeCapturing(writer: PythonWriter): void {
  writer.line();
  writer.line();
  writer.line(`def ${CAPTURING}(module: nnx.Module, *kinds: type[nnx.Variable]) -> bool:`);
  writer.indented(() => {
    writer.line('"""Whether nnx.capture collects values of these kinds: else sow and perturb would leave them on the module."""');
    writer.line('return len(nnx.state(module, nnx.Any(*kinds))) > 0');
  });
}

/** A Variable type: Flax's own by class, others by name, for Flax makes a type of an unknown name. */
export function variableTypeSource(name: string): string {
  if (name === 'Intermediate' || name === 'Perturbation') return `nnx.${name}`;
  return `nnx.variable_type_from_name(${writeText(identifier(name))}, allow_register=True)`;
}
