/** @file A class of the document as a subclass of `nn.Module`. */
import type { ClassProgram, LayerPlan, MadeMember, MemberPlan } from '../../program/class-program.ts';
import type { TorchLayer } from '../../spec/emit-pytorch.ts';
import { identifier } from '../identifier.ts';
import { writeConstructorArguments, writeSignature } from '../python/constructor.ts';
import { writeDocstring } from '../python/docstring.ts';
import { pythonName } from '../python/names.ts';
import type { PythonWriter } from '../python/writer.ts';
import { writeArgument } from './argument.ts';
import { makeContext, TorchRefusal } from './context.ts';
import { writeForward } from './forward.ts';
import type { TorchFile } from './file.ts';
import { probeNames } from './probes.ts';
import { specsInto } from './member-specs.ts';

/** Writes the class with docstring, constructor and forward pass. */
export function writeClass(writer: PythonWriter, file: TorchFile, program: ClassProgram): void {
  file.orRefused({ class: program.id }, program.name, () => checkName(program.name, MODULES));
  writer.line(`class ${identifier(program.name)}(nn.Module):`);
  writer.indented(() => {
    const hasDoc = writeDocstring(writer, program.class);
    const probes = probeNames(program.class, file.model);
    let fieldsAt = 0;
    const hasConstructor = program.members.length > 0 || program.fields.length > 0 || probes.size > 0;
    if (hasConstructor) {
      if (hasDoc) writer.line();
      fieldsAt = writeConstructor(writer, file, program, [...probes.values()]);
    }
    if (hasDoc || hasConstructor) writer.line();
    const read = writeForward(writer, file, program, probes);
    // Which fields a call needs is known once it is written.
    const stored = program.fields.filter(({ name }) => read.has(name)).map(({ name }) => pythonName(name));
    writer.indented(() => {
      for (const name of stored.toReversed()) {
        file.orRefused({ class: program.id }, name, () => checkName(name, ATTRIBUTES));
        writer.insert(fieldsAt, `self.${name} = ${name}`);
      }
    });
  });
}

/** Writes `__init__`; where fields that become attributes are to stand. */
function writeConstructor(writer: PythonWriter, file: TorchFile, program: ClassProgram, probes: readonly string[]): number {
  let fieldsAt = 0;
  writer.line(`def __init__(${writeSignature(program.fields)}) -> None:`);
  writer.indented(() => {
    writer.line('super().__init__()');
    fieldsAt = writer.position;
    for (const plan of program.members) {
      const fault = file.model.faults.ofMember(program.id, plan);
      writer.marked({ class: program.id, member: plan.id }, () => {
        if (fault !== undefined) writer.leftOut(plan.attribute, fault);
        else writeMember(writer, file, program, plan);
      });
    }
    for (const name of probes) writer.line(`self.${name} = nn.Identity()`);
  });
  return fieldsAt;
}

function writeMember(writer: PythonWriter, file: TorchFile, program: ClassProgram, plan: MemberPlan): void {
  if (plan.kind !== 'alias' && plan.frozen.length > 0)
    writer.comment(`${plan.frozen.map(pythonName).join(' and ')} would change with the fields of the model`);
  const name = pythonName(plan.attribute);
  const target = plan.kind === 'alias' ? plan.target?.id : plan.id;
  // Where it is called, for that is what one sees.
  const node = program.forward.steps.find((step) => step.kind === 'call' && step.memberId === target)?.node.id;
  const place = { class: program.id, member: plan.id, ...(node === undefined ? {} : { node }) };
  const source = file.orRefused(place, plan.attribute, () => {
    checkName(name, ATTRIBUTES);
    return memberSource(file, program, plan);
  });
  if (source !== undefined) writer.line(`self.${name} = ${source}`);
}

function memberSource(file: TorchFile, program: ClassProgram, plan: MemberPlan): string {
  if (plan.kind === 'alias') return `self.${pythonName(plan.target!.attribute)}`;
  const single = elementSource(file, program, plan);
  if (plan.repeat === null) return single;
  if (plan.kind === 'layer' && plan.descriptor.isVariable) {
    return `nn.ParameterList([${single} for _ in range(${writeArgument('int', plan.repeat.written, pythonName)})])`;
  }
  return `nn.ModuleList([${single} for _ in range(${writeArgument('int', plan.repeat.written, pythonName)})])`;
}

function elementSource(file: TorchFile, program: ClassProgram, plan: MadeMember): string {
  switch (plan.kind) {
    case 'class': {
      const { name, fields } = file.model.classOf(plan.of);
      return `${identifier(name)}(${writeConstructorArguments(fields, plan.given)})`;
    }
    case 'layer':
      return layerSource(file, program, plan, torchOf(plan));
    case 'unknown':
      throw new Error('internal: a member of an unknown type was to be written');
  }
}

function torchOf({ descriptor }: LayerPlan): TorchLayer {
  return descriptor.emit.pytorch ?? lack(`There is no ${descriptor.type} for PyTorch.`);
}

function lack(reason: string): never {
  throw new TorchRefusal(reason);
}

/** Types of number that PyTorch would be told of otherwise. */
const NUMBERS = ['dtype', 'paramDtype', 'loraDtype', 'loraParamDtype'];

function layerSource(file: TorchFile, program: ClassProgram, plan: LayerPlan, torch: TorchLayer): string {
  const { descriptor, args, given } = plan;
  const { params, type } = descriptor;
  for (const name of NUMBERS) {
    const value = args[name];
    if (params[name] && value !== null && value !== undefined && value !== 'float32')
      lack(`Its ${pythonName(name)} is ${String(value)}: models are written in float32, and PyTorch's are cast as a whole.`);
  }
  const varying = file.uses.varyingOfMember(program.id, plan.id);
  const { use, define } = file;
  const context = makeContext({
    params,
    args,
    varying,
    specs: specsInto(file, program.forward, plan.id),
    given,
    field: pythonName,
    use,
    define,
  });
  const source = torch.construct(context);
  const [name = ''] = /\b(?:nn\.)?[A-Z]\w*/.exec(source) ?? [];
  file.classesOf.set(type, (file.classesOf.get(type) ?? new Set()).add(name));
  const weights = typeof torch.weights === 'function' ? torch.weights(context) : (torch.weights ?? []);
  for (const each of weights) file.addWeights(each);
  const isEval = ['deterministic', 'useRunningAverage'].some((mode) => params[mode] && args[mode] === true);
  return isEval ? `${source}.eval()` : source;
}

const MODULES = new Set('nn F torch math copy load_file load_flax_weights'.split(' '));

/** What every `nn.Module` has: a member of this name would hide it. */
const ATTRIBUTES = new Set(
  `add_module apply bfloat16 buffers children compile cpu cuda double dump_patches eval extra_repr float forward get_buffer get_extra_state
  get_parameter get_submodule half ipu load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters
  register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook
  register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter
  register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty
  train training type xpu zero_grad call_super_init`.split(/\s+/),
);

function checkName(name: string, taken: ReadonlySet<string>): void {
  if (taken.has(name)) lack(`PyTorch uses the name ${name} itself: give it another.`);
}
