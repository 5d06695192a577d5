/** @file A class of the document as a subclass of `keras.Model` or of `keras.layers.Layer`. */
import type { ClassProgram, LayerPlan, MadeMember, MemberPlan } from '../../program/class-program.ts';
import type { CallStep } from '../../program/compile-graph.ts';
import { KerasGap, kerasGap } from '../../spec/index.ts';
import { writeConstructorArguments, writeSignature } from '../python/constructor.ts';
import { writeDocstring } from '../python/docstring.ts';
import { pythonName } from '../python/names.ts';
import type { PythonWriter } from '../python/writer.ts';
import { writeArgument } from './argument.ts';
import { makeContext } from './context.ts';
import { writeForward } from './forward.ts';
import type { KerasModel } from './keras-model.ts';
import { attributeName, className } from './names.ts';

/** Writes the class with docstring, constructor and forward pass. */
export function writeClass(writer: PythonWriter, model: KerasModel, program: ClassProgram): void {
  const isRoot = model.program.root?.program.id === program.id;
  if (!isRoot) model.use('from keras import layers');
  writer.line(`class ${className(program.name)}(${isRoot ? 'keras.Model' : 'layers.Layer'}):`);
  writer.indented(() => {
    const hasDoc = writeDocstring(writer, program.class);
    const hasConstructor = program.members.length > 0 || program.fields.length > 0;
    if (hasConstructor) {
      if (hasDoc) writer.line();
      writeConstructor(writer, model, program);
    }
    if (hasDoc || hasConstructor) writer.line();
    writeForward(writer, model, program);
  });
}

function writeConstructor(writer: PythonWriter, model: KerasModel, program: ClassProgram): void {
  writer.line(`def __init__(${writeSignature(program.fields)}):`);
  writer.indented(() => {
    writer.line('super().__init__()');
    for (const { name } of program.stored) writer.line(`self.${attributeName(name)} = ${pythonName(name)}`);
    for (const plan of program.members)
      writer.marked({ class: program.id, member: plan.id }, () => {
        const fault = model.code.faults.ofMember(program.id, plan);
        if (fault !== undefined) {
          writer.leftOut(plan.attribute, fault);
          return;
        }
        try {
          const source = memberSource(model, program, plan);
          if (plan.kind !== 'alias' && plan.frozen.length > 0)
            writer.comment(`${plan.frozen.map(pythonName).join(' and ')} would change with the fields of the model`);
          writer.line(`self.${attributeName(plan.attribute)} = ${source}`);
          if (plan.kind === 'layer') writeBuild(writer, model, program, plan);
        } catch (error) {
          if (!(error instanceof KerasGap)) throw error;
          model.refuse({ class: program.id, member: plan.id }, plan.attribute, error.message);
          writer.leftOut(plan.attribute, error.message);
        }
      });
  });
}

function memberSource(model: KerasModel, program: ClassProgram, plan: MemberPlan): string {
  if (plan.kind === 'alias') return `self.${attributeName(plan.target!.attribute)}`;
  const single = elementSource(model, program, plan);
  if (plan.repeat === null) return single;
  return `[${single} for _ in range(${writeArgument('int', plan.repeat.written, pythonName)})]`;
}

function elementSource(model: KerasModel, program: ClassProgram, plan: MadeMember): string {
  switch (plan.kind) {
    case 'class': {
      const { name, fields } = model.code.classOf(plan.of);
      return `${className(name)}(${writeConstructorArguments(fields, plan.given)})`;
    }
    case 'layer':
      return layerSource(model, program, plan);
    case 'unknown':
      throw new Error('internal: a member of an unknown type was to be written');
  }
}

function layerSource(model: KerasModel, program: ClassProgram, plan: LayerPlan): string {
  const { descriptor, args, given } = plan;
  const keras = descriptor.emit.keras ?? kerasGap(`There is no ${descriptor.type} for Keras here.`);
  const wide = ['dtype', 'paramDtype', 'loraDtype', 'loraParamDtype'].find(
    (name) => ![undefined, null, 'float32'].includes(args[name] as never),
  );
  if (wide !== undefined) return kerasGap(`${wide} ${String(args[wide])}: all is float32 in this code.`);
  const { inputs, outputs } = firstCall(model, program, plan);
  const context = makeContext({
    params: descriptor.params,
    args,
    given,
    use: model.use,
    field: pythonName,
    inputs,
    outputs,
    training: 'training',
  });
  const source = keras.construct(context);
  if (/\blayers\./.test(source)) model.use('from keras import layers');
  if (/\bops\./.test(source)) model.use('from keras import ops');
  for (const definition of keras.definitions?.(args) ?? []) model.definitions.set(definition.name, definition);
  for (const weights of keras.weights?.(args) ?? []) model.addWeights(weights);
  return source;
}

/** What is known of the values at the first call of a member. */
function firstCall(model: KerasModel, program: ClassProgram, plan: LayerPlan) {
  const known = model.shapesOf(program.id);
  const steps = program.forward.steps;
  const step = steps.find(
    (each) => each.kind === 'call' && each.memberId === plan.id && each.node.method === undefined && each.node.variable === undefined,
  );
  const sources = new Map(steps.flatMap(({ node, outputs }) => outputs.map(({ port, index }) => [index, `${node.id} ${port}`] as const)));
  const specAt = (index: number) => known.get(sources.get(index) ?? '');
  return {
    inputs: Object.fromEntries((step?.inputs ?? []).map(({ port, index }) => [port, specAt(index)])),
    outputs: Object.fromEntries((step?.outputs ?? []).map(({ port, index }) => [port, specAt(index)])),
  };
}

/** Weights that the forward pass reads before it calls their layer are made at once. */
function writeBuild(writer: PythonWriter, model: KerasModel, program: ClassProgram, plan: LayerPlan): void {
  const uses = program.forward.steps.filter((step): step is CallStep => step.kind === 'call' && step.memberId === plan.id);
  const [first] = uses;
  if (!first || plan.descriptor.isVariable || (first.node.method === undefined && first.node.variable === undefined)) return;
  const { descriptor, args, given } = plan;
  const context = makeContext({
    params: descriptor.params,
    args,
    given,
    use: model.use,
    field: pythonName,
    inputs: {},
    outputs: {},
    training: 'training',
  });
  const shape = descriptor.emit.keras?.input?.(context) ?? kerasGap('Its weights are read before it is called.');
  const member = `self.${attributeName(plan.attribute)}`;
  if (plan.repeat === null) return writer.line(`${member}.build(${shape})`);
  writer.line(`for layer in ${member}:`);
  writer.indented(() => writer.line(`layer.build(${shape})`));
}
