/** @file The code behind the classes: what makes the model with its settings in their order, and its views. */
import type { AttributeValue } from '../../document/schema.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import { freeName, missingClass, rootFault, type CodeModel } from '../code-model.ts';
import { identifier } from '../identifier.ts';
import { writeArguments } from './constructor.ts';
import { writeOnly } from './filter.ts';
import type { Imports } from './imports.ts';
import { writeNumber, writeObject, writeValue } from './literal.ts';
import type { TypeScriptWriter } from './writer.ts';

/** The function that makes the model. */
export function creatorName({ classes, views }: ModelProgram): string {
  const taken = new Set([...classes.map((each) => each.name), ...views.map((view) => view.name)]);
  return freeName(['createModel', 'makeModel', 'buildModel'], taken);
}

export function writeModel(writer: TypeScriptWriter, model: CodeModel, program: ModelProgram, imports: Imports): void {
  const { root, settings, views, seed, faults } = program;
  const fault = rootFault(program);
  if (!root || fault !== undefined) return writer.leftOut('the model', fault ?? '');
  const use = (name: string) => imports.use(name);
  const { id, name, fields } = root.program;
  const type = identifier(name);
  const rngs = model.draws(id) ? `new ${use('Rngs')}(${writeNumber(seed)})` : undefined;
  const made = `new ${type}(${writeArguments(fields, root.args, identifier, rngs)})`;
  const create = creatorName(program);
  writer.doc([`The model with the weights of its seed${settings.length > 0 ? ', in its modes' : ''}. Whoever makes it disposes it.`]);
  writer.block(`export function ${create}(): ${type} {`, () => {
    if (settings.length === 0) return writer.line(`return ${made};`);
    writer.line(`const model = ${made};`);
    for (const setting of settings) {
      const reason = faults.ofSetting(setting.id) ?? (setting.kind === 'set' ? missingClass(program, setting.only) : undefined);
      if (reason !== undefined) writer.leftOut('a setting', reason);
      else if (setting.kind !== 'set') writer.line(`model.${setting.kind}();`);
      else {
        const only = setting.only.kind === 'everything' ? '' : `, { only: ${writeOnly(setting.only, use)} }`;
        writer.line(`model.setAttributes(${writeAttributes(setting.attributes)}${only});`);
      }
    }
    writer.line('return model;');
  });
  for (const view of views) {
    writer.line();
    const reason = faults.ofView(view.id) ?? missingClass(program, view.only);
    if (reason !== undefined) {
      writer.leftOut(`the view ${view.name}`, reason);
      continue;
    }
    const only = view.only.kind === 'everything' ? '' : `, { only: ${writeOnly(view.only, use)} }`;
    writer.doc(['The same weights in another mode.']);
    writer.block(`export function ${identifier(view.name)}(model: ${type}): ${type} {`, () =>
      writer.line(`return ${use('withAttributes')}(model, ${writeAttributes(view.attributes)}${only});`),
    );
  }
}

function writeAttributes(attributes: Readonly<Record<string, AttributeValue>>): string {
  return writeObject(Object.entries(attributes).map(([name, value]) => `${identifier(name)}: ${writeValue(value as never, String)}`));
}
