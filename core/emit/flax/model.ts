/** @file The code behind the classes: the model, its settings in their order, its views. */
import { declaredSpec } from '../../check/declared.ts';
import type { AttributeValue, PathFilter } from '../../document/schema.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import { writePlain } from '../python/literal.ts';
import { identifier } from '../identifier.ts';
import { pythonName } from '../python/names.ts';
import type { PythonWriter } from '../python/writer.ts';
import { writeConstructorArguments } from '../python/constructor.ts';
import { definitionsOf } from './definitions.ts';
import { isFlaxType, writeFilter, writeFilters } from './filter.ts';
import { missingClass, rootFault, type CodeModel, type Use } from '../code-model.ts';

/** Whether there is a model. */
export function writeModel(writer: PythonWriter, model: CodeModel, program: ModelProgram): boolean {
  const { root, settings, views, seed, faults, classes } = program;
  const fault = rootFault(program);
  if (!root || fault !== undefined) {
    writer.leftOut('the model', fault ?? '');
    return false;
  }
  const { id, name, fields } = root.program;
  const rngs = model.draws(id) ? `nnx.Rngs(${writePlain(seed)})` : undefined;
  writer.line(`model = ${identifier(name)}(${writeConstructorArguments(fields, root.args, rngs)})`);
  const defined = definitionsOf(classes);
  const lost = (only: PathFilter) => missingClass(program, only, (type) => isFlaxType(type) || defined.has(type));
  for (const setting of settings) {
    const reason = faults.ofSetting(setting.id) ?? (setting.kind === 'set' ? lost(setting.only) : undefined);
    if (reason !== undefined) writer.leftOut('a setting', reason);
    else if (setting.kind !== 'set') writer.line(`model.${setting.kind}()`);
    else writer.line(`model.set_attributes(${[...writeFilters(setting.only), ...writeAttributes(setting.attributes)].join(', ')})`);
  }
  for (const view of views) {
    const reason = faults.ofView(view.id) ?? lost(view.only);
    if (reason !== undefined) {
      writer.leftOut(`the view ${view.name}`, reason);
      continue;
    }
    const only = view.only.kind === 'everything' ? [] : [`only=${writeFilter(view.only)}`];
    const call = ['model', ...only, ...writeAttributes(view.attributes)].join(', ');
    writer.line(`${pythonName(view.name)} = nnx.with_attributes(${call})`);
  }
  return true;
}

/** What runs the model once when the file itself is run, where every length is known. */
export function writeMain(writer: PythonWriter, { root }: ModelProgram, use: Use): void {
  if (!root) return;
  const { forward, class: modelClass, instance } = root.program;
  const { inputs, outputs } = forward;
  const shapes = inputs.map((input) =>
    declaredSpec(modelClass, input, instance.scope).spec?.shape.map((dim) => (dim === 'batch' ? 1 : dim)),
  );
  const isKnown = shapes.every((shape) => shape?.every((dim) => typeof dim === 'number'));
  if (!isKnown || outputs.length === 0 || outputs.some(({ index }) => index < 0)) return;
  writer.line();
  writer.line();
  writer.line("if __name__ == '__main__':");
  writer.indented(() => {
    use('import jax.numpy as jnp');
    for (const [i, { name, dtype }] of inputs.entries()) {
      const type = dtype === 'float32' ? '' : `, dtype=jnp.${dtype === 'bool' ? 'bool_' : dtype}`;
      writer.line(`${pythonName(name)} = jnp.zeros(${writePlain(shapes[i] as number[])}${type})`);
    }
    const call = `model(${inputs.map(({ name }) => pythonName(name)).join(', ')})`;
    writer.line(outputs.length === 1 ? `print(${call}.shape)` : `print([each.shape for each in ${call}])`);
  });
}

function writeAttributes(attributes: Readonly<Record<string, AttributeValue>>): readonly string[] {
  return Object.entries(attributes).map(([name, value]) => `${pythonName(name)}=${writePlain(value)}`);
}
