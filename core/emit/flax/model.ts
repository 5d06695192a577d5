/** @file The code behind the classes: the model, its settings in their order, its views. */
import type { AttributeValue, PathFilter } from '../../document/schema.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import { writePlain } from '../python/literal.ts';
import { identifier } from '../identifier.ts';
import { pythonName } from '../python/names.ts';
import type { PythonWriter } from '../python/writer.ts';
import { writeConstructorArguments } from './constructor.ts';
import { definitionsOf } from './definitions.ts';
import { isFlaxType, writeFilter, writeFilters } from './filter.ts';
import { missingClass, rootFault, type CodeModel } from '../code-model.ts';

export function writeModel(writer: PythonWriter, model: CodeModel, program: ModelProgram): void {
  const { root, settings, views, seed, faults, classes } = program;
  const fault = rootFault(program);
  if (!root || fault !== undefined) {
    writer.leftOut('the model', fault ?? '');
    return;
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
}

function writeAttributes(attributes: Readonly<Record<string, AttributeValue>>): readonly string[] {
  return Object.entries(attributes).map(([name, value]) => `${pythonName(name)}=${writePlain(value)}`);
}
