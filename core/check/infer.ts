/**
 * @file Shapes over a graph, through nested classes, lists, aliases and repeated calls. Nothing is computed and nothing thrown: what
 * is wrong becomes a problem at its node, and everything that does not depend on it is still known. Of the instance before an edit all
 * is taken over that the edit cannot have changed.
 */
import { isBypassed, setBypass } from '../document/edits/bypass.ts';
import { disconnect } from '../document/edits/wires.ts';
import { classesUsedBy, own } from '../document/find.ts';
import { messageOf, problem, type Fix, type Place, type Problem } from '../document/problem.ts';
import type { Arguments, ClassId, GraphNode, MemberId, ModelClass, ModelDocument, NodeId, OpNode, Wire } from '../document/schema.ts';
import { graphOf, type GraphIndex } from '../graph/graph-of.ts';
import { nodeTitle } from '../graph/node-name.ts';
import { findDescriptor } from '../registry.gen.ts';
import { validateArgs } from '../spec/args.ts';
import {
  overBatch,
  RejectionError,
  type Args,
  type ArgsOf,
  type Descriptor,
  type Dim,
  type ParamSpecs,
  type Rejection,
} from '../spec/index.ts';
import { constantSpec } from './constant.ts';
import { passesOf } from './bypass.ts';
import { compareInput, declaredSpec } from './declared.ts';
import { inferCall, openMember, type OpenMember } from './infer-member.ts';
import type { AlikeLayer, Fault, Inferring, Use } from './inferring.ts';
import type { Instance, MaybeSpec, MaybeSpecs, MemberResult, NodeResult } from './instance.ts';
import { partsOf, recall, rememberSecond } from './memo.ts';
import { fixesOf } from './mends.ts';
import { descriptorPorts, portsOf } from './ports.ts';
import { Previous } from './previous.ts';
import { knownOnly, missingFiltered, unknownType } from './rejections.ts';
import { evaluateArgs, scopeArgs } from './scope.ts';
import { drain, type Steps } from '../document/steps.ts';

/**
 * What is known about a use of a class. `built` is given for a second call of the same Module: arguments that were inferred
 * from the first call's inputs stay.
 */
export function inferInstance(document: ModelDocument, modelClass: ModelClass, use: Use, built?: Instance): Instance {
  if (!built) return drain(inferInSteps(document, modelClass, use));
  return rememberSecond(built, JSON.stringify(use.inputs), () => drain(new Inference(document, modelClass, use, built, undefined).run()));
}

/** The first call of a Module, in steps. */
export function* inferInSteps(document: ModelDocument, modelClass: ModelClass, use: Use): Steps<Instance, Instance> {
  const key = { scope: JSON.stringify(scopeArgs(use.scope)), inputs: JSON.stringify(use.inputs) };
  const recalled = recall(document, modelClass, key);
  if (recalled.instance) return recalled.instance;
  yield;
  return recalled.keep(yield* new Inference(document, modelClass, use, undefined, recalled.previous).run());
}

/** The same from nothing: what remembering must be equal to. */
export function inferAnew(document: ModelDocument, modelClass: ModelClass, use: Use): Instance {
  return drain(new Inference(document, modelClass, use, undefined, undefined).run());
}

/** Nodes between two pauses: about two milliseconds. */
const STEP = 128;
const NO_SPECS: MaybeSpecs = {};

/** One pass over one graph. */
class Inference implements Inferring {
  readonly inputFaults: Rejection[] = [];
  readonly alike = new Map<string, AlikeLayer>();
  private readonly graph: GraphIndex;
  private readonly previous: Previous | undefined;
  private readonly nodes = new Map<NodeId, NodeResult>();
  /** Those of them that could not be taken over. */
  private readonly anew = new Map<NodeId, NodeResult>();
  private readonly open = new Map<MemberId, OpenMember>();
  private readonly memberProblems = new Map<MemberId, Problem[]>();
  private readonly bound = new Map<string, Dim>();
  private problems: Problem[] = [];

  constructor(
    readonly document: ModelDocument,
    readonly modelClass: ModelClass,
    readonly use: Use,
    readonly built: Instance | undefined,
    previous: Instance | undefined,
  ) {
    this.graph = graphOf(modelClass);
    this.previous = previous && Previous.of(previous, document, modelClass);
  }

  /** Tells once of what it has, when so much is anew that all of it will take a while. */
  *run(): Steps<Instance, Instance> {
    let count = 0;
    let isTold = false;
    for (const node of this.graph.order.nodes) {
      this.nodes.set(node.id, this.result(node));
      if (++count % STEP !== 0) continue;
      const isWorthTelling: boolean = !isTold && this.anew.size >= STEP;
      isTold ||= isWorthTelling;
      yield isWorthTelling ? this.previous?.withResults(this.modelClass, this.anew) : undefined;
    }
    yield;
    const outputs = this.graph.outputs.map((node) => [node.name, this.nodes.get(node.id)?.inputs['in']] as const);
    return {
      class: this.modelClass,
      scope: this.use.scope,
      inputs: this.use.inputs,
      uses: this.usedParts(),
      nodes: this.nodes,
      members: this.finishMembers(),
      outputs: Object.fromEntries(outputs),
      inputFaults: this.inputFaults,
    };
  }

  inferNested(used: ModelClass, use: Use, built?: Instance): Instance {
    return inferInstance(this.document, used, use, built);
  }

  report(rejection: Fault, place: Place, subject: string, severity?: Problem['severity']): void {
    const { code, expected, got, fix, port, param } = rejection;
    const where = {
      class: this.modelClass.id,
      ...place,
      ...(port === undefined ? {} : { port }),
      ...(param === undefined ? {} : { param }),
    };
    const fixes = [...(rejection.fixes ?? []), ...fixesOf(rejection, where, { scope: this.use.scope, ...this.ownerAt(place) })];
    this.problems.push(problem(code, where, subject, { expected, got, fix, fixes }, severity));
  }

  /** What has the arguments that a rejection there is about. */
  private ownerAt({ member, node }: Place): { readonly given: Arguments; readonly isShared: boolean } {
    const behind = member === undefined ? undefined : this.graph.behind(member);
    if (behind) return { given: behind.args, isShared: this.graph.callsOf(behind.id).length > 1 };
    const found = node === undefined ? undefined : this.graph.node(node);
    return { given: found?.kind === 'op' ? found.args : {}, isShared: false };
  }

  /** The result of a node: what it was, if nothing that it hangs on has changed. */
  private result(node: GraphNode): NodeResult {
    const known = this.previous?.resultOf(node.id);
    if (known) return known;
    const wires = this.graph.incoming(node.id);
    const result = this.attempt(node, this.gather(wires), wires);
    this.previous?.spread(node.id, result.outputs);
    if (this.previous) this.anew.set(node.id, result);
    return result;
  }

  private attempt(node: GraphNode, inputs: MaybeSpecs, wires: readonly Wire[]): NodeResult {
    let found: Omit<NodeResult, 'problems'>;
    const problems = this.collecting(() => {
      for (const wire of wires) this.checkSource(wire);
      try {
        found = isBypassed(node) ? this.passOn(node, this.infer(node, inputs)) : this.infer(node, inputs);
      } catch (error) {
        this.report(toRejection(error), this.placeOf(node), nodeTitle(this.modelClass, node));
        found = { inputs, outputs: {}, elements: [] };
      }
    });
    return { ...found!, problems };
  }

  /** What is reported while `f` runs. */
  private collecting(f: () => void): readonly Problem[] {
    const before = this.problems;
    const problems: Problem[] = [];
    this.problems = problems;
    f();
    this.problems = before;
    return problems;
  }

  private infer(node: GraphNode, inputs: MaybeSpecs): Omit<NodeResult, 'problems'> {
    switch (node.kind) {
      case 'input':
        return { inputs, outputs: { out: this.inferInput(node) }, elements: [] };
      case 'constant':
        return { inputs, outputs: { out: constantSpec(node.value, node.dtype) }, elements: [] };
      case 'output':
        this.requireWires(node, { in: {} });
        return { inputs, outputs: {}, elements: [] };
      case 'op':
        return this.inferOp(node, inputs);
      case 'call': {
        const target = this.graph.behind(node.member);
        const member = target && this.member(target.id);
        return member ? inferCall(this, member, node, inputs) : { inputs, outputs: {}, elements: [] };
      }
    }
  }

  /** What goes through a bypassed node. It is inferred as if it computed, so that its member is made as it would be. */
  private passOn(node: GraphNode, computed: Omit<NodeResult, 'problems'>): Omit<NodeResult, 'problems'> {
    const { inputs } = computed;
    const found = passesOf(inputs, computed.outputs);
    if (found && 'passes' in found) return { ...computed, ...found };
    if (found) {
      const { id } = this.modelClass;
      const fixes: readonly Fix[] = [{ label: 'Stop bypassing', edit: (model) => setBypass(model, id, [node.id], false) }];
      this.report({ ...found.refusal, fixes }, this.placeOf(node), nodeTitle(this.modelClass, node));
    }
    return { ...computed, outputs: {} };
  }

  /** The member, ready to be called; what its own arguments have wrong is reported once, with it. */
  private member(id: MemberId): OpenMember {
    let member = this.open.get(id);
    if (!member) {
      const problems = this.collecting(() => {
        member = openMember(this, this.graph.memberOf(id)!);
      });
      this.open.set(id, member!);
      this.memberProblems.set(id, [...problems]);
    }
    return member!;
  }

  private finishMembers(): ReadonlyMap<MemberId, MemberResult> {
    const members = new Map<MemberId, MemberResult>();
    for (const { id, aliasOf } of this.modelClass.members) {
      if (aliasOf !== undefined || members.has(id)) continue;
      const kept = this.open.has(id) ? undefined : this.previous?.memberOf(id);
      if (kept) {
        members.set(id, kept);
        continue;
      }
      const member = this.member(id);
      let result: MemberResult;
      const found = this.collecting(() => {
        result = member.finish();
      });
      const problems = [...this.memberProblems.get(id)!, ...found];
      members.set(id, problems.length === 0 ? result! : { ...result!, problems });
    }
    return members;
  }

  private usedParts(): ReadonlyMap<ClassId, readonly unknown[]> {
    return new Map(classesUsedBy(this.modelClass).map((id) => [id, partsOf(this.document, id)]));
  }

  private inferInput(node: Extract<GraphNode, { kind: 'input' }>): MaybeSpec {
    const declared = declaredSpec(this.modelClass, node, this.use.scope);
    for (const fault of declared.problems) this.report(fault, { node: node.id }, `input ${node.name}`);
    if (!this.use.inputs) return declared.spec;
    const came = own(this.use.inputs, node.name);
    if (!came) return declared.spec;
    const fault = declared.spec && compareInput(node.name, declared.spec, came, this.bound);
    if (!fault) return came;
    this.inputFaults.push(fault);
    // The class is right in itself: what is inside is shown as it would be with a fitting value.
    return declared.spec;
  }

  private inferOp(node: OpNode, inputs: MaybeSpecs): Omit<NodeResult, 'problems'> {
    const descriptor = findDescriptor(node.op);
    if (descriptor?.kind !== 'op') {
      this.report(unknownType('op', node.op), { node: node.id }, node.op);
      return { inputs, outputs: {}, elements: [] };
    }
    const given = evaluateArgs(node.args, descriptor.params, this.use.scope, this.modelClass.fields);
    const validated = validateArgs(descriptor.params, given.args, knownOnly(inputs));
    const faults = [
      ...given.problems,
      ...missingFiltered(validated.problems, [...given.unknown, ...given.problems.map((each) => each.param)]),
    ];
    for (const fault of faults) this.report(fault, { node: node.id }, node.op);
    this.requireWires(node, descriptorPorts(descriptor, validated.args).inputs);
    const isComplete = faults.length === 0 && given.unknown.length === 0;
    const outputs = isComplete ? this.inferOutputs(descriptor, inputs, validated.args) : {};
    const strays = isComplete ? overBatch(descriptorPorts(descriptor, validated.args).inputs, inputs, validated.args) : undefined;
    if (strays) this.report(strays, { node: node.id }, node.op, 'warning');
    return { inputs, outputs, elements: [], args: validated.args };
  }

  inferOutputs(descriptor: Descriptor, inputs: MaybeSpecs, args: Args): MaybeSpecs {
    const ports = descriptorPorts(descriptor, args);
    const isReady = Object.entries(ports.inputs).every(
      ([name, port]) => inputs[name] !== undefined || (port.optional && !(name in inputs)),
    );
    return isReady ? descriptor.infer(knownOnly(inputs), args as ArgsOf<ParamSpecs>) : {};
  }

  /** What the wires into a node carry; of two into one port the first by id counts. */
  private gather(wires: readonly Wire[]): MaybeSpecs {
    const specOf = ({ from }: Wire): MaybeSpec => own(this.nodes.get(from.node)?.outputs ?? NO_SPECS, from.port);
    const [only] = wires;
    if (only && wires.length === 1) return { [only.to.port]: specOf(only) };
    const inputs = new Map<string, MaybeSpec>();
    for (const wire of wires) if (!inputs.has(wire.to.port)) inputs.set(wire.to.port, specOf(wire));
    return Object.fromEntries(inputs);
  }

  /** A wire from a port that its node does not have. */
  private checkSource(wire: Wire): void {
    const source = this.graph.node(wire.from.node);
    if (source?.kind !== 'call' && source?.kind !== 'op') return;
    const ports = portsOf(this.document, this.modelClass, source, this.use.scope);
    if (!ports || Object.hasOwn(ports.outputs, wire.from.port)) return;
    this.report(
      nowhere(this.modelClass.id, wire, wire.from.port, Object.keys(ports.outputs)),
      { node: source.id, wire: wire.id },
      `wire from ${nodeTitle(this.modelClass, source)}`,
    );
  }

  requireWires(node: GraphNode, ports: Readonly<Record<string, { readonly optional?: boolean }>>): void {
    const wires = this.graph.incoming(node.id);
    const wired = new Set(wires.map((wire) => wire.to.port));
    for (const [name, port] of Object.entries(ports)) {
      if (port.optional || wired.has(name)) continue;
      const words = {
        code: 'input/unconnected',
        port: name,
        expected: `a wire into "${name}"`,
        got: 'none',
        fix: 'Drag one from the output of a node.',
      };
      this.report(words, this.placeOf(node), nodeTitle(this.modelClass, node));
    }
    if (node.kind === 'output') return; // its one port is checked with the structure
    for (const wire of wires) {
      if (Object.hasOwn(ports, wire.to.port)) continue;
      const place = { ...this.placeOf(node), wire: wire.id };
      this.report(
        nowhere(this.modelClass.id, wire, wire.to.port, Object.keys(ports)),
        place,
        `wire into ${nodeTitle(this.modelClass, node)}`,
      );
    }
  }

  placeOf(node: GraphNode): Place {
    return node.kind === 'call' ? { node: node.id, member: node.member } : { node: node.id };
  }
}

function nowhere(classId: ClassId, { id }: Wire, port: string, ports: readonly string[]): Fault {
  const expected = ports.length === 0 ? 'no wire here' : `a port among ${ports.join(', ')}`;
  const fixes: readonly Fix[] = [{ label: 'Remove the wire', edit: (model) => disconnect(model, classId, [id]) }];
  return { code: 'wire/nowhere', expected, got: `"${port}", which is not there`, fix: 'Remove the wire, or lay it anew.', fixes };
}

function toRejection(error: unknown): Rejection {
  if (error instanceof RejectionError) return error.rejection;
  // A descriptor that throws something else has a fault of its own; the document must still be shown.
  const got = messageOf(error);
  return { code: 'internal/infer', expected: 'shapes', got: `an internal error: ${got}`, fix: 'Change the arguments, and report this.' };
}
