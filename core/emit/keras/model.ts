/** @file The code behind the classes: the model with its weights, and its views. */
import { declaredSpec } from '../../check/declared.ts';
import type { InputNode } from '../../document/schema.ts';
import type { TensorSpec } from '../../spec/index.ts';
import { missingClass, rootFault } from '../code-model.ts';
import { writeConstructorArguments } from '../python/constructor.ts';
import { writePlain, writeTuple } from '../python/literal.ts';
import { pythonName } from '../python/names.ts';
import { writeText } from '../python/text.ts';
import type { PythonWriter } from '../python/writer.ts';
import type { KerasModel } from './keras-model.ts';
import { argumentName, className } from './names.ts';

/** Whether there is a model. */
export function writeModel(writer: PythonWriter, model: KerasModel): boolean {
  const { root, views, seed, faults } = model.program;
  const fault = rootFault(model.program);
  if (!root || fault !== undefined) {
    writer.leftOut('the model', fault ?? '');
    return false;
  }
  const { name, fields, forward } = root.program;
  writer.line(`keras.utils.set_random_seed(${writePlain(seed)})`);
  writer.line(`model = ${className(name)}(${writeConstructorArguments(fields, root.args)})`);
  const inputs = forward.inputs.map((input) => inputSource(specOf(model, input), input.dtype));
  if (inputs.some((input) => input === undefined)) writer.comment('Its weights are made when it is called first.');
  else if (inputs.length > 0) {
    writer.comment('Layers make their weights when they see what comes in.');
    writer.line(`model(${inputs.join(', ')})`);
  }
  for (const view of views) {
    const reason = faults.ofView(view.id) ?? missingClass(model.program, view.only);
    if (reason !== undefined) {
      writer.leftOut(`the view ${view.name}`, reason);
      continue;
    }
    const evaluates = model.modes.ofView(view.only, view.attributes);
    if (evaluates === undefined) {
      model.refuse(
        { view: view.id },
        view.name,
        'It evaluates some layers and leaves others in training; Keras has one flag for a whole call.',
      );
      continue;
    }
    const args = forward.inputs.map((input) => argumentName(input.name));
    writer.line();
    writer.line();
    writer.line(`def ${pythonName(view.name)}(${args.join(', ')}):`);
    writer.indented(() => {
      writer.plain('"""The same weights in another mode."""');
      writer.line(
        `return model(${[...args, ...(model.modes.follows(root.program.id) ? [`training=${evaluates ? 'False' : 'True'}`] : [])].join(', ')})`,
      );
    });
  }
  return true;
}

function specOf({ program: { root } }: KerasModel, input: InputNode): TensorSpec | undefined {
  return root && declaredSpec(root.program.class, input, root.program.instance.scope).spec;
}

/** A symbolic input of this shape; undefined where it is not known. */
function inputSource(spec: TensorSpec | undefined, dtype: InputNode['dtype']): string | undefined {
  if (!spec) return undefined;
  const lengths = spec.shape.map((dim) => (typeof dim === 'number' ? String(dim) : 'None'));
  const shape = lengths[0] === 'None' ? writeTuple(lengths.slice(1)) : `batch_shape=${writeTuple(lengths)}`;
  return `keras.Input(${shape}${dtype === 'float32' ? '' : `, dtype=${writeText(dtype)}`})`;
}

/** What runs the model once when the file itself is run, where every length is known. */
export function writeMain(writer: PythonWriter, model: KerasModel): void {
  const { root } = model.program;
  if (!root) return;
  const { inputs, outputs } = root.program.forward;
  const shapes = inputs.map((input) => specOf(model, input)?.shape.map((dim) => (dim === 'batch' ? 1 : dim)));
  const isKnown = shapes.every((shape) => shape?.every((dim) => typeof dim === 'number'));
  if (!isKnown || inputs.length === 0 || outputs.length === 0 || outputs.some(({ index }) => index < 0)) return;
  writer.line();
  writer.line();
  writer.line("if __name__ == '__main__':");
  writer.indented(() => {
    if (inputs.length > 0) model.use('from keras import ops');
    for (const [i, { name, dtype }] of inputs.entries()) {
      const type = dtype === 'float32' ? '' : `, dtype=${writeText(dtype)}`;
      writer.line(`${argumentName(name)} = ops.zeros(${writePlain(shapes[i] as number[])}${type})`);
    }
    const call = `model(${inputs.map(({ name }) => argumentName(name)).join(', ')})`;
    writer.line(outputs.length === 1 ? `print(${call}.shape)` : `print([each.shape for each in ${call}])`);
  });
}
