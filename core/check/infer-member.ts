/** @file Members of a class: their arguments, fixed by the first call, and what a call of them gives. */
import { setRepeat } from '../document/edits/members.ts';
import { classIdOf, findClass, own, usesClass } from '../document/find.ts';
import type { Fix } from '../document/problem.ts';
import type { CallNode, Member, ModelClass } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { findDescriptor } from '../registry.gen.ts';
import { validateArgs } from '../spec/args.ts';
import {
  overBatch,
  RejectionError,
  setTo,
  type ArgsOf,
  type LayerDescriptor,
  type ParamSpecs,
  type Rejection,
  type TensorSpec,
} from '../spec/index.ts';
import type { AlikeLayer, Fault, Inferring } from './inferring.ts';
import { knownOnly, missingFiltered, unknownType } from './rejections.ts';
import type { Instance, MaybeSpecs, MemberResult, NodePorts, NodeResult, Scope } from './instance.ts';
import { isVariableType } from './count.ts';
import { collectFault, collectingOf, collectSpecs, listUseFault } from './list-use.ts';
import { noSuchUse, usedLayer } from './member-use.ts';
import { setMemberUse } from './set-member-use.ts';
import { descriptorPorts, fixedPorts } from './ports.ts';
import { evaluateArgs, evaluateArgument, evaluateFields, scopeArgs } from './scope.ts';

const NONE: readonly never[] = [];
const MAX_REPEATS = 1_000_000; // beyond, the elements could not even be counted in a reasonable time

interface PortNames {
  readonly inputs: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly outputs: readonly string[];
}

/** A member while the graph is walked: its first call settles what was left to be inferred. */
export interface OpenMember {
  readonly member: Member;
  /** What a call of one element gives. `element` counts from 0 within a list. */
  call(inputs: MaybeSpecs, node: CallNode, element: number): { readonly outputs: MaybeSpecs; readonly instance?: Instance };
  /** Settles what can be inferred where a list of no elements is called. */
  touch?(inputs: MaybeSpecs): void;
  /** The names of the input and output ports of a node that uses it, for wires and for lists; undefined where they are not known. */
  readonly ports: (node: CallNode) => PortNames | undefined;
  readonly repeat: number | null | undefined;
  /** What is known in the end; problems were reported. */
  finish(): MemberResult;
}

/** A member that is no alias, ready to be called. */
export function openMember(inference: Inferring, member: Member): OpenMember {
  const repeat = evaluateRepeat(inference, member);
  const usedId = classIdOf(member.type);
  if (usedId !== undefined) {
    const used = findClass(inference.document, usedId);
    // Classes that are missing or contain themselves are reported with the structure.
    const isSound = used && !usesClass(inference.document, usedId, inference.modelClass.id);
    return isSound ? new ClassMember(inference, member, repeat, used) : new UnknownMember(member, repeat);
  }
  const descriptor = findDescriptor(member.type);
  if (descriptor?.kind === 'layer') return new LayerMember(inference, member, repeat, descriptor);
  inference.report(unknownType('layer', member.type), placeOf(inference.modelClass, member), member.name);
  return new UnknownMember(member, repeat);
}

/** The member, and the node of its first call so that the canvas can show it. */
function placeOf(modelClass: ModelClass, member: Member): { member: string; node?: string } {
  const [node] = graphOf(modelClass).callsOf(member.id);
  return node ? { member: member.id, node: node.id } : { member: member.id };
}

/** The number of repeats; null for a single Module, undefined where it is not known. */
function evaluateRepeat(inference: Inferring, member: Member): number | null | undefined {
  if (member.repeat === undefined) return null;
  const { id: classId } = inference.modelClass;
  const single: readonly Fix[] = [{ label: 'Make it a single Module', edit: (model) => setRepeat(model, classId, member.id, undefined) }];
  if (isVariableType(member.type)) {
    const words = {
      expected: 'a single Param',
      got: 'a list of them',
      fix: 'Remove the repeats, and give its shape an axis more.',
      fixes: single,
    };
    inference.report({ code: 'param/repeat', param: 'repeat', ...words }, placeOf(inference.modelClass, member), member.name);
    return undefined;
  }
  const outcome = evaluateArgument(member.repeat, inference.use.scope, inference.modelClass.fields);
  if (outcome.kind === 'unknown') return undefined;
  if (outcome.kind === 'value' && !outcome.isFloat && Number.isInteger(outcome.value)) {
    const count = outcome.value as number;
    if (count >= 0 && count <= MAX_REPEATS) return count;
  }
  const got = outcome.kind === 'fault' ? outcome.got : JSON.stringify(outcome.value);
  const expected = outcome.kind === 'fault' ? outcome.expected : `a whole number of repeats from 0 to ${MAX_REPEATS}`;
  const fix = 'Change the number of repeats.';
  inference.report(
    { code: 'param/repeat', param: 'repeat', expected, got, fix, fixes: single },
    placeOf(inference.modelClass, member),
    member.name,
  );
  return undefined;
}

function calledPlainly({ modelClass }: Inferring, { id }: CallNode): Fix {
  return { label: 'Call it', edit: (model) => setMemberUse(model, modelClass.id, id, {}) };
}

class UnknownMember implements OpenMember {
  constructor(
    readonly member: Member,
    readonly repeat: number | null | undefined,
  ) {}
  readonly ports = () => undefined;
  call(): { outputs: MaybeSpecs } {
    return { outputs: {} };
  }
  finish(): MemberResult {
    const nothing = { args: {}, inferred: NONE, isComplete: false, elements: NONE, problems: NONE };
    return { type: this.member.type, repeat: this.repeat ?? null, ...nothing };
  }
}

class LayerMember implements OpenMember {
  private settled: AlikeLayer['settled'] | undefined;
  private alike: AlikeLayer | undefined;
  /** Something is wrong with its arguments, which is said at its own place: nothing for others to share. */
  private hasReported = false;
  constructor(
    private readonly inference: Inferring,
    readonly member: Member,
    readonly repeat: number | null | undefined,
    private readonly descriptor: LayerDescriptor,
  ) {
    const before = inference.built?.members.get(member.id);
    if (before) this.settled = before;
  }

  readonly ports = (node: CallNode): PortNames | undefined => {
    const used = usedLayer(this.descriptor, node);
    if (used) return this.portsOf(used);
    const methods = Object.keys(this.descriptor.methods ?? {});
    const fixes = [calledPlainly(this.inference, node)];
    this.inference.report({ ...noSuchUse(this.member.type, node, methods), fixes }, this.inference.placeOf(node), this.member.name);
    return undefined;
  };

  private portsOf(used: LayerDescriptor): PortNames {
    const { inputs, outputs } = fixedPorts(used) ?? this.portsUnderArguments();
    return { inputs, outputs: Object.keys(outputs) };
  }

  private portsUnderArguments(): NodePorts {
    const given = evaluateArgs(this.member.args, this.descriptor.params, this.inference.use.scope, this.inference.modelClass.fields);
    return descriptorPorts(this.descriptor, validateArgs(this.descriptor.params, given.args).args);
  }

  call(inputs: MaybeSpecs, node: CallNode): { readonly outputs: MaybeSpecs } {
    const used = usedLayer(this.descriptor, node);
    if (used !== this.descriptor) return { outputs: used ? this.useOtherwise(used, inputs, node) : {} };
    const { alike } = this.inference;
    const { type, args } = this.member;
    const key = this.settled ? undefined : `${type} ${JSON.stringify(args)} ${Object.keys(inputs).join()} ${JSON.stringify(inputs)}`;
    const known = key === undefined ? undefined : alike.get(key);
    if (known) {
      this.alike = known;
      this.settled = known.settled;
      return known;
    }
    const settled = this.settle(inputs, true);
    const outputs = settled.isComplete ? this.inference.inferOutputs(this.descriptor, inputs, settled.args) : {};
    if (key !== undefined && !this.hasReported) alike.set(key, (this.alike = { settled, outputs }));
    return { outputs };
  }

  touch(inputs: MaybeSpecs): void {
    this.settle(inputs, true);
  }

  /** Another method, or a Param: what is inferred follows from a call that comes before, and else has to be given. */
  private useOtherwise(used: LayerDescriptor, inputs: MaybeSpecs, node: CallNode): MaybeSpecs {
    const { descriptor, inference, member } = this;
    if (!this.settled) {
      const given = evaluateArgs(member.args, descriptor.params, inference.use.scope, inference.modelClass.fields);
      const { args } = validateArgs(descriptor.params, given.args);
      const open = Object.entries(descriptor.params).flatMap(([name, { from }]) => {
        return from && args[name] === undefined && member.args[name] === undefined ? [name] : [];
      });
      if (open.length > 0) {
        const expected = `${open.join(' and ')} of ${member.name}, which no call before this one tells`;
        const fault: Rejection = { code: 'member/open', expected, got: 'none', fix: `Set ${open.join(' and ')} of ${member.name}.` };
        inference.report(fault, inference.placeOf(node), member.name);
        return {};
      }
    }
    const { args, isComplete } = this.settle({}, false);
    return isComplete ? inference.inferOutputs(used, inputs, args) : {};
  }

  private settle(inputs: MaybeSpecs, isCalled: boolean): AlikeLayer['settled'] {
    if (this.settled) return this.settled;
    const { member, descriptor, inference } = this;
    const given = evaluateArgs(member.args, descriptor.params, inference.use.scope, inference.modelClass.fields);
    const validated = validateArgs(descriptor.params, given.args, knownOnly(inputs));
    // An argument whose value is wrong has been reported; one that waits for an input upstream is not missing.
    const excused = [...given.unknown, ...given.problems.map((each) => each.param)];
    const isWaiting = isCalled && Object.keys(this.portsOf(descriptor).inputs).some((name) => inputs[name] === undefined);
    const faults = [...given.problems, ...missingFiltered(validated.problems, excused)].filter(
      (each) => !(isWaiting && each.code === 'param/missing' && descriptor.params[each.param!]?.from),
    );
    for (const fault of faults) inference.report(fault, placeOf(inference.modelClass, member), member.name);
    const inferred = Object.entries(descriptor.params).flatMap(([name, spec]) => {
      return spec.from && member.args[name] === undefined && name in validated.args && spec.default === undefined ? [name] : [];
    });
    const isComplete = given.unknown.length === 0 && given.problems.length === 0 && validated.problems.length === 0;
    const warning = isComplete ? descriptor.warn?.(validated.args as ArgsOf<ParamSpecs>) : null;
    const strays = isComplete ? overBatch(descriptorPorts(descriptor, validated.args).inputs, inputs, validated.args) : undefined;
    for (const each of [warning, strays]) if (each) inference.report(each, placeOf(inference.modelClass, member), member.name, 'warning');
    this.hasReported = faults.length > 0 || Boolean(warning ?? strays);
    return (this.settled = { args: validated.args, isComplete, inferred });
  }

  finish(): MemberResult {
    const { alike } = this;
    if (alike?.result && this.repeat === null) return alike.result;
    const { args, isComplete, inferred } = this.settle({}, false);
    const result = { type: this.member.type, args, inferred, isComplete, repeat: this.repeat ?? null, elements: NONE, problems: NONE };
    if (alike && this.repeat === null) alike.result = result;
    return result;
  }
}

class ClassMember implements OpenMember {
  private readonly scope: Scope;
  private readonly isComplete: boolean;
  private readonly elements: Instance[] = [];
  constructor(
    private readonly inference: Inferring,
    readonly member: Member,
    readonly repeat: number | null | undefined,
    private readonly used: ModelClass,
  ) {
    const parent = { scope: inference.use.scope, fields: inference.modelClass.fields };
    const { scope, problems } = evaluateFields(used.fields, member.args, parent);
    for (const fault of problems) inference.report(fault, placeOf(inference.modelClass, member), member.name);
    this.scope = scope;
    this.isComplete = used.fields.every((field) => Object.hasOwn(scope, field.name)) && problems.length === 0;
    this.elements.push(...(inference.built?.members.get(member.id)?.elements ?? []));
  }

  readonly ports = (node: CallNode): PortNames | undefined => {
    if (node.method !== undefined || node.variable !== undefined) {
      const fixes = [calledPlainly(this.inference, node)];
      this.inference.report({ ...noSuchUse(this.used.name, node, []), fixes }, this.inference.placeOf(node), this.member.name);
      return undefined;
    }
    return {
      inputs: Object.fromEntries(graphOf(this.used).inputs.map(({ name }) => [name, {}])),
      outputs: graphOf(this.used).outputs.map(({ name }) => name),
    };
  };

  call(inputs: MaybeSpecs, node: CallNode, element: number): { readonly outputs: MaybeSpecs; readonly instance: Instance } {
    const built = this.elements[element];
    const instance = this.inference.inferNested(this.used, { scope: this.scope, inputs }, built);
    if (!built) this.elements[element] = instance;
    for (const fault of instance.inputFaults) this.inference.report(fault, this.inference.placeOf(node), this.member.name);
    return { outputs: instance.inputFaults.length === 0 ? instance.outputs : {}, instance };
  }

  finish(): MemberResult {
    const wanted = this.repeat ?? 1;
    // Never called, or fewer elements than the list holds, or one of them: built all the same, from the arguments alone.
    for (let i = 0; i < wanted; i++) this.elements[i] ??= this.inference.inferNested(this.used, { scope: this.scope, inputs: null });
    return {
      type: this.member.type,
      args: scopeArgs(this.scope),
      inferred: [],
      isComplete: this.isComplete,
      repeat: this.repeat ?? null,
      elements: this.elements.slice(0, wanted),
      problems: NONE,
    };
  }
}

/** What mends a layer alone mends it as an item that is fed by another only where what it gives is what it takes. */
function inList<T>({ member }: OpenMember, item: number, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (item === 0 || !(error instanceof RejectionError)) throw error;
    const { inFeatures } = member.args;
    const mends = typeof inFeatures === 'number' && Object.hasOwn(member.args, 'outFeatures') ? [setTo('outFeatures', inFeatures)] : [];
    throw new RejectionError({ ...error.rejection, mends });
  }
}

/** What a call gives: of one Module, or of the elements of a list one after the other. */
export function inferCall(inference: Inferring, open: OpenMember, node: CallNode, inputs: MaybeSpecs): Omit<NodeResult, 'problems'> {
  const ports = open.ports(node);
  if (!ports) return { inputs, outputs: {}, elements: [] };
  inference.requireWires(node, ports.inputs);
  if (open.repeat === undefined) return { inputs, outputs: {}, elements: [] };
  const misuse = listUseFault(node, open.member, open.repeat);
  if (misuse) {
    inference.report(misuse, inference.placeOf(node), open.member.name);
    return { inputs, outputs: {}, elements: [] };
  }
  if (open.repeat === null || node.item !== undefined) {
    const { outputs, instance } = open.call(inputs, node, node.item ?? 0);
    return { inputs, outputs, elements: instance ? [instance] : [] };
  }
  return inferList(inference, open, node, inputs, ports, open.repeat);
}

function inferList(
  inference: Inferring,
  open: OpenMember,
  node: CallNode,
  inputs: MaybeSpecs,
  ports: PortNames,
  repeat: number,
): Omit<NodeResult, 'problems'> {
  const [input] = Object.keys(ports.inputs);
  const [output, ...moreOutputs] = ports.outputs;
  if (input === undefined || output === undefined || moreOutputs.length > 0) {
    const classId = inference.modelClass.id;
    const single: Fix = {
      label: 'Make it a single Module',
      edit: (model) => setRepeat(model, classId, open.member.id, undefined),
    };
    const fault: Fault = {
      code: 'list/ports',
      expected: 'a type with an input and one output, to be called for each item',
      got: `${Object.keys(ports.inputs).length} inputs and ${ports.outputs.length} outputs`,
      fix: 'Use one item of it, make it a single Module, or choose another type.',
      fixes: [single],
    };
    inference.report(fault, inference.placeOf(node), open.member.name);
    return { inputs, outputs: {}, elements: [] };
  }
  if (repeat === 0) open.touch?.(inputs);
  const elements: Instance[] = [];
  const given: (TensorSpec | undefined)[] = [];
  let carried = own(inputs, input);
  for (let i = 0; i < repeat; i++) {
    const isCarried = node.collect === undefined && Object.hasOwn(inputs, input);
    const { outputs, instance } = inList(open, i, () => open.call(isCarried ? { ...inputs, [input]: carried } : inputs, node, i));
    carried = own(outputs, output);
    given.push(carried);
    if (instance) elements.push(instance);
  }
  if (node.collect === undefined) return { inputs, outputs: { [output]: carried }, elements };
  try {
    const collected = collectSpecs(collectingOf(node.collect, repeat), given);
    return { inputs, outputs: { [output]: collected }, each: { [output]: carried }, elements };
  } catch (error) {
    inference.report(collectFault(error), inference.placeOf(node), open.member.name);
    return { inputs, outputs: {}, elements };
  }
}
