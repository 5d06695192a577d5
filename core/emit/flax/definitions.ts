/** @file Classes that Flax lacks, written into the file of a model that uses them. */
import type { ClassProgram } from '../../program/class-program.ts';
import type { LayerEmitter } from '../../spec/emit.ts';
import type { PythonWriter } from '../python/writer.ts';
import type { Use } from '../code-model.ts';

type Definition = NonNullable<LayerEmitter['definition']>;

/** By type, in the order of the alphabet. */
export function definitionsOf(classes: readonly ClassProgram[]): ReadonlyMap<string, Definition> {
  const found = classes.flatMap(({ members }) =>
    members.flatMap((plan) => {
      const definition = plan.kind === 'layer' ? plan.descriptor.emit.flax.definition : undefined;
      return plan.kind === 'layer' && definition ? [[plan.descriptor.type, definition] as const] : [];
    }),
  );
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function writeDefinitions(writer: PythonWriter, classes: readonly ClassProgram[], use: Use): void {
  for (const { source, imports } of definitionsOf(classes).values()) {
    for (const line of imports) use(line);
    writer.line();
    writer.line();
    for (const line of source.split('\n')) writer.plain(line);
  }
}
