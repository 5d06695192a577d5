/** @file The lines that take over a file of weights under Flax's names, as the program saves it. */
import { toSnakeCase } from '../../nnx/names.ts';
import type { ClassProgram } from '../../program/class-program.ts';
import type { CallStep } from '../../program/compile-graph.ts';
import { writeText } from '../python/text.ts';
import type { PythonWriter } from '../python/writer.ts';
import type { KerasModel } from './keras-model.ts';
import { attributeName, className } from './names.ts';

export function writeLoader(writer: PythonWriter, model: KerasModel): void {
  const tables = [...tablesOf(model)].sort(([a], [b]) => (a < b ? -1 : 1));
  const converted = [...model.weights.values()].filter(({ convert }) => convert !== undefined).sort((a, b) => (a.type < b.type ? -1 : 1));
  model.use('from safetensors.numpy import load_file');
  const hasNames = tables.length > 0;
  const hasIdle = model.program.classes.some(leavesLayersIdle);
  if (hasNames) {
    writer.line();
    writer.line();
    writer.comment('What Keras calls the weights that Flax calls otherwise.');
    writer.line('NAMES = {');
    writer.indented(() => {
      for (const [type, names] of tables) {
        const entries = Object.entries(names).map(([from, to]) => `${writeText(from)}: ${writeText(to)}`);
        const line = `${type}: {${entries.join(', ')}},`;
        if (line.length <= 96) writer.plain(line);
        else {
          writer.plain(`${type}: {`);
          for (const entry of entries) writer.plain(`    ${entry},`);
          writer.plain('},');
        }
      }
    });
    writer.line('}');
  }
  writer.line();
  writer.line();
  writer.line('def load_weights(path: str) -> None:');
  writer.indented(() => {
    writer.plain('"""Takes over a file of weights with the names of Flax, as Espalier saves it."""');
    writer.line('for name, value in load_file(path).items():');
    writer.indented(() => {
      writer.line(converted.length > 0 ? 'layer, variable, rest = None, model, name' : 'variable, rest = model, name');
      writer.line('while rest:');
      writer.indented(() => {
        const at = converted.length > 0 ? 'layer = variable' : '';
        if (at) writer.line(at);
        if (hasNames) {
          writer.line('names = NAMES.get(type(variable), {})');
          writer.line("first, _, rest = names.get(rest, rest).partition('.')");
          writer.line('first = names.get(first, first)');
        } else writer.line("first, _, rest = rest.partition('.')");
        const attribute = hasIdle ? 'getattr(variable, first, None)' : 'getattr(variable, first)';
        writer.line(`variable = variable[int(first)] if first.isdigit() else ${attribute}`);
      });
      for (const { type, convert } of converted) {
        if (/\bnp\./.test(convert!)) model.use('import numpy as np');
        writer.line(`if isinstance(layer, ${type}):`);
        writer.indented(() => writer.line(`value = ${convert}`));
      }
      if (hasIdle) {
        writer.line('# Layers that are never called have no weights.');
        writer.line('if variable is not None:');
        writer.indented(() => writer.line('variable.assign(value)'));
      } else writer.line('variable.assign(value)');
    });
  });
}

/** Whether a class has layers that its forward pass does not call, or only some of the items of a list. */
function leavesLayersIdle({ members, forward: { steps } }: ClassProgram): boolean {
  return members.some((plan) => {
    if (plan.kind === 'alias' || plan.kind === 'unknown' || (plan.kind === 'layer' && plan.descriptor.isVariable)) return false;
    const uses = steps.filter((step): step is CallStep => step.kind === 'call' && step.memberId === plan.id);
    return uses.length === 0 || (plan.repeat !== null && uses.every(({ node }) => node.item !== undefined));
  });
}

/** By class, in code: what is called otherwise, and members that Keras has no room for under their own name. */
function tablesOf(model: KerasModel): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const tables = new Map<string, Readonly<Record<string, string>>>();
  for (const { type, names } of model.weights.values()) if (names) tables.set(type, names);
  for (const { name, members } of model.program.classes) {
    const renamed = members.filter(({ attribute }) => attributeName(attribute) !== toSnakeCase(attribute));
    if (renamed.length > 0)
      tables.set(className(name), Object.fromEntries(renamed.map(({ attribute }) => [toSnakeCase(attribute), attributeName(attribute)])));
  }
  return tables;
}
