/** @file The code behind the classes: the model, its modes in their order, its views. */
import { declaredSpec } from '../../check/declared.ts';
import type { AttributeValue, PathFilter } from '../../document/schema.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import { missingClass, rootFault } from '../code-model.ts';
import { identifier } from '../identifier.ts';
import { writeConstructorArguments } from '../python/constructor.ts';
import { writeFloat, writePlain } from '../python/literal.ts';
import { pythonName } from '../python/names.ts';
import type { PythonWriter } from '../python/writer.ts';
import { TorchRefusal } from './context.ts';
import type { TorchFile } from './file.ts';
import { writeCondition } from './filter.ts';

/** Whether there is a model. */
export function writeModel(writer: PythonWriter, file: TorchFile): boolean {
  const { program } = file;
  const { root, settings, views, faults } = program;
  const fault = rootFault(program);
  if (!root || fault !== undefined) {
    writer.leftOut('the model', fault ?? '');
    return false;
  }
  const { name, fields } = root.program;
  writer.line(`model = ${identifier(name)}(${writeConstructorArguments(fields, root.args)})`);
  for (const setting of settings) {
    const reason = faults.ofSetting(setting.id) ?? (setting.kind === 'set' ? missingClass(program, setting.only) : undefined);
    if (reason !== undefined) writer.leftOut('a setting', reason);
    else if (setting.kind !== 'set') writer.line(`model.${setting.kind}()`);
    else file.orRefused({ setting: setting.id }, 'a setting', () => writeModes(writer, file, 'model', setting));
  }
  for (const view of views) {
    const reason = faults.ofView(view.id) ?? missingClass(program, view.only);
    if (reason !== undefined) {
      writer.leftOut(`the view ${view.name}`, reason);
      continue;
    }
    file.orRefused({ view: view.id }, `the view ${view.name}`, () => {
      const own = pythonName(view.name);
      file.use('import copy');
      writer.comment('The same weights in another mode.');
      writer.line(`${own} = copy.deepcopy(model, {id(each): each for each in (*model.parameters(), *model.buffers())})`);
      writeModes(writer, file, own, view);
    });
  }
  return true;
}

interface Modes {
  readonly only: PathFilter;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** Flax's modes, and the types of layers that know them. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  deterministic: ['Dropout', 'NormalNoise', 'MultiHeadAttention'],
  useRunningAverage: ['BatchNorm', 'SpectralNorm'],
};

/** `training` of single Modules: a mode that Flax keeps in an attribute of another name. */
function writeModes(writer: PythonWriter, file: TorchFile, model: string, { only, attributes }: Modes): void {
  const groups = new Map<string, Set<string>>();
  for (const [name, value] of Object.entries(attributes)) {
    const isRate = name === 'rate' && typeof value === 'number';
    const types = isRate ? ['Dropout'] : MODES[name];
    if (!types || (typeof value !== 'boolean' && !isRate))
      throw new TorchRefusal(`PyTorch has no ${pythonName(name)} to set: only modes and the rate of dropout can be set there.`);
    const statement = isRate ? `module.p = ${writeFloat(value)}` : value === true ? 'module.eval()' : 'module.train()';
    const classes = groups.get(statement) ?? new Set();
    for (const type of types) for (const each of file.classesOf.get(type) ?? []) classes.add(each);
    groups.set(statement, classes);
  }
  for (const [statement, classes] of groups) {
    if (classes.size === 0) continue;
    const kinds = [...classes].sort();
    const condition = writeCondition(only, file);
    const names = condition.includes('name') ? 'name, module in ' + model + '.named_modules()' : `module in ${model}.modules()`;
    const isKind = `isinstance(module, ${kinds.length === 1 ? kinds[0] : `(${kinds.join(', ')})`})`;
    const conditions = [...new Set([isKind, ...(condition === 'True' ? [] : [condition])])];
    writer.line(`for ${names}:`);
    writer.indented(() => {
      writer.line(`if ${conditions.join(' and ')}:`);
      writer.indented(() => writer.line(statement));
    });
  }
}

/** What runs the model once when the file itself is run, where every length is known. */
export function writeMain(writer: PythonWriter, { root }: ModelProgram): void {
  if (!root) return;
  const { forward, class: modelClass, instance } = root.program;
  const { inputs, outputs } = forward;
  const shapes = inputs.map((input) =>
    // Two rows: a batch has no variance in one.
    declaredSpec(modelClass, input, instance.scope).spec?.shape.map((dim) => (dim === 'batch' ? 2 : dim)),
  );
  const isKnown = shapes.every((shape) => shape?.every((dim) => typeof dim === 'number'));
  if (!isKnown || outputs.length === 0 || outputs.some(({ index }) => index < 0)) return;
  writer.line();
  writer.line();
  writer.line("if __name__ == '__main__':");
  writer.indented(() => {
    for (const [i, { name, dtype }] of inputs.entries()) {
      const type = dtype === 'float32' ? '' : `, dtype=torch.${dtype}`;
      writer.line(`${pythonName(name)} = torch.zeros(${writePlain(shapes[i] as number[])}${type})`);
    }
    const call = `model(${inputs.map(({ name }) => pythonName(name)).join(', ')})`;
    writer.line(outputs.length === 1 ? `print(${call}.shape)` : `print([each.shape for each in ${call}])`);
  });
}
