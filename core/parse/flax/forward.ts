/** @file `__call__` as a forward graph. */
import { classIdOf, isSamePort } from '../../document/find.ts';
import type {
  Arguments,
  CallNode,
  ConstantNode,
  Field,
  GraphNode,
  InputNode,
  Member,
  MemberId,
  NodeId,
  PortRef,
  Probe,
  Wire,
} from '../../document/schema.ts';
import { pythonName } from '../../emit/python/names.ts';
import { findDescriptor } from '../../registry.gen.ts';
import { fillDefaults } from '../../spec/args.ts';
import {
  inputPorts,
  outputPorts,
  type Args,
  type ArgsOf,
  type LayerDescriptor,
  type OpDescriptor,
  type ParamSpecs,
} from '../../spec/index.ts';
import { usedLayer } from '../../check/member-use.ts';
import { identityOp } from '../../ops/identity.ts';
import { printPython } from '../python/print.ts';
import { refuse, type Expr, type Statement } from '../python/syntax.ts';
import { scopeOf } from './class-arguments.ts';
import type { DefStatement, KnownClasses } from './known-classes.ts';
import { readConstant } from './constants.ts';
import { headOf, opsByHead, opSubject } from './heads.ts';
import { invert, type Inverted, type Subject, type Surroundings } from './invert.ts';
import { unknownCall, type MembersRead } from './members.ts';
import { checkedName, ownName } from './names.ts';
import { dottedName } from './values.ts';

export interface ForwardRead {
  readonly members: readonly Member[];
  readonly nodes: Readonly<Record<NodeId, GraphNode>>;
  readonly wires: Readonly<Record<string, Wire>>;
  readonly probes: readonly Probe[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** @throws ReadFault */
export function readForward(classes: KnownClasses, call: DefStatement, fields: readonly Field[], members: MembersRead): ForwardRead {
  return new ForwardReader(classes, fields, members).read(call);
}

/** A module that code names: a member, or an item of a list. */
interface ModuleRef {
  readonly member: Member;
  /** As written. */
  readonly source: string;
  readonly item?: number;
  /** Each item of the list in turn. */
  readonly isElement?: true;
}

class ForwardReader {
  private readonly nodes: Record<NodeId, GraphNode> = {};
  private readonly wires: Record<string, Wire> = {};
  private readonly probes: Probe[] = [];
  private readonly values = new Map<string, PortRef>();
  /** What calls say of the members that they call. */
  private readonly callArgs = new Map<MemberId, Arguments>();
  private readonly captureNames = new Set<string>();
  /** Names that were given to a value that had one. */
  private readonly seconds = new Set<string>();
  /** In a loop, or a comprehension. */
  private element: { readonly name: string; readonly member: Member } | undefined;
  private nodeCount = 0;
  private wireCount = 0;
  private outputs: readonly string[] | undefined;
  private inputs: readonly string[] = [];

  constructor(
    private readonly classes: KnownClasses,
    private readonly fields: readonly Field[],
    private readonly members: MembersRead,
  ) {}

  read(call: DefStatement): ForwardRead {
    const [self, ...parameters] = call.parameters;
    if (self?.name !== 'self') refuse(call, 'The first parameter of __call__ is self.');
    this.inputs = parameters.map((parameter, order) => {
      if (parameter.default) refuse(parameter, `${parameter.name} has a default: inputs have none.`);
      const name = checkedName(parameter.name, 'input', parameter);
      const node = this.add((id): InputNode => ({ id, kind: 'input', name, order, shape: null, dtype: 'float32' }));
      if (this.values.has(parameter.name)) refuse(parameter, `There are two inputs ${parameter.name}.`);
      this.values.set(parameter.name, { node, port: 'out' });
      return name;
    });
    for (const statement of call.body) this.statement(statement);
    if (!this.outputs) refuse(call, '__call__ returns nothing.');
    const members = this.members.members.map((member) => {
      const more = this.callArgs.get(member.id);
      return more && Object.keys(more).length > 0 ? { ...member, args: { ...member.args, ...more } } : member;
    });
    const { nodes, wires, probes, inputs, outputs } = this;
    return { members, nodes, wires, probes, inputs, outputs };
  }

  private statement(statement: Statement): void {
    if (this.outputs) refuse(statement, 'Nothing follows the return.');
    switch (statement.kind) {
      case 'pass':
        return;
      case 'assign':
        return this.assign(statement.target, statement.value);
      case 'expression':
        if (statement.value.kind !== 'text' && !this.isSow(statement.value)) this.evaluate(statement.value);
        return;
      case 'for':
        return this.loop(statement);
      case 'if':
        if (statement.test.kind !== 'name' || !this.captureNames.has(statement.test.name))
          refuse(statement, 'A graph has no branches: only what is sown or perturbed stands behind `if captured:`.');
        for (const each of statement.body) {
          const isProbe =
            (each.kind === 'expression' && this.isSow(each.value)) || (each.kind === 'assign' && this.isPerturb(each.target, each.value));
          if (!isProbe) refuse(each, 'Behind `if captured:` stand self.sow(…) and `x = self.perturb(…)` only.');
        }
        return;
      case 'return':
        return this.finish(statement.value);
      default:
        return refuse(statement, 'A forward pass is made of assignments, loops over lists, and a return.');
    }
  }

  // Values

  private assign(target: Expr, value: Expr): void {
    if (target.kind === 'name' && value.kind === 'call' && dottedName(value.of) === 'capturing') {
      this.captureNames.add(target.name);
      return;
    }
    if (this.isPerturb(target, value)) return;
    const names = namesIn(target);
    if (value.kind === 'name' && target.kind === 'name') {
      this.name(target.name, this.valueOf(value), target);
      if (value.name !== target.name) this.seconds.add(target.name);
      return;
    }
    const ports = this.evaluate(value);
    if (names.length !== ports.length)
      refuse(target, `${ports.length === 1 ? 'One value is' : `${ports.length} values are`} given here, not ${names.length}.`);
    for (const [i, name] of names.entries()) this.name(name, ports[i]!, target);
  }

  private name(name: string, port: PortRef, place: Expr): void {
    if (name === '_') return;
    if (['self', 'nnx', 'jnp', 'jax', 'optax'].includes(name) || this.captureNames.has(name))
      refuse(place, `${name} means something else here.`);
    this.values.set(name, port);
    this.seconds.delete(name);
  }

  /** The value of a name apart from that of all others: where it is only a second name of one, what comes in goes on. */
  private ownValue(name: string, place: Expr, isApart = false): PortRef {
    const port = this.values.get(name) ?? refuse(place, `${name} has no value here.`);
    if (!isApart && !this.seconds.has(name)) return port;
    const node = this.add((id) => ({ id, kind: 'op', op: identityOp.type, args: {} }));
    this.wire(port, { node, port: 'x' });
    const own = { node, port: 'y' };
    this.name(name, own, place);
    return own;
  }

  /** The ports that give what an expression says; nodes are made for it. */
  private evaluate(expression: Expr): readonly PortRef[] {
    if (expression.kind === 'name') return [this.valueOf(expression)];
    const constant = readConstant(expression);
    if (constant) return [{ node: this.add((id): ConstantNode => ({ id, kind: 'constant', ...constant })), port: 'out' }];
    const read = this.readOf(expression);
    if (read) return read;
    const callee = this.calleeOf(expression);
    if (callee) return this.callMember(expression, callee.ref, callee.method);
    const collected = this.collected(expression);
    if (collected) return collected;
    const custom = this.customCall(expression);
    if (custom) return custom;
    return this.op(expression);
  }

  private single(expression: Expr): PortRef {
    const ports = this.evaluate(expression);
    if (ports.length !== 1) refuse(expression, `${printPython(expression)} gives ${ports.length} values: give them names first.`);
    return ports[0]!;
  }

  private valueOf(expression: Extract<Expr, { kind: 'name' }>): PortRef {
    return this.values.get(expression.name) ?? refuse(expression, `${expression.name} has no value here.`);
  }

  private op(expression: Expr): readonly PortRef[] {
    let reason: { readonly line: number; readonly text: string } | undefined;
    let best: { readonly op: OpDescriptor; readonly inverted: Inverted } | undefined;
    for (const op of opsByHead(headOf(expression))) {
      const inverted = invert(opSubject(op), expression, this.surroundings());
      if (!inverted.ok) reason ??= { line: inverted.at.line, text: `${printPython(expression)}: ${inverted.reason}.` };
      // One op that says all of it before several that say it together.
      else if (!best || inverted.left < best.inverted.left) best = { op, inverted };
    }
    if (best) {
      const { op, inverted } = best;
      const sources = this.sourcesOf(inverted);
      const node = this.add((id) => ({ id, kind: 'op', op: op.type, args: inverted.args }));
      this.wireAll(sources, node);
      const args = this.complete(op.params, inverted.args) as ArgsOf<ParamSpecs>;
      return Object.keys(outputPorts(op, args)).map((port) => ({ node, port }));
    }
    if (reason) refuse(reason, reason.text);
    const name = expression.kind === 'call' ? dottedName(expression.of) : undefined;
    return refuse(expression, name === undefined ? `${printPython(expression)} is not understood.` : unknownCall(name, 'function'));
  }

  private complete(params: ParamSpecs, given: Arguments): Args {
    const plain = Object.entries(given).filter(([, value]) => !JSON.stringify(value).includes('"$"'));
    return fillDefaults(params, Object.fromEntries(plain) as Args);
  }

  private surroundings(): Surroundings {
    const { stored } = this.members;
    const byName = new Map([...stored].map((name) => [pythonName(name), name]));
    return {
      fieldOf: (expression) => (isOwnAttribute(expression) ? byName.get(expression.name) : undefined),
      field: (name) => `self.${pythonName(name)}`,
      scope: scopeOf(this.fields),
      captured: [...this.captureNames].at(-1),
    };
  }

  /** What comes in, made before the node that it comes into. */
  private sourcesOf({ inputs }: { readonly inputs: ReadonlyMap<string, Expr> }): readonly (readonly [string, PortRef])[] {
    return [...inputs].map(([port, expression]) => [port, this.single(expression)] as const);
  }

  private wireAll(sources: readonly (readonly [string, PortRef])[], node: NodeId): void {
    for (const [port, source] of sources) this.wire(source, { node, port });
  }

  // Members

  private refOf(expression: Expr): ModuleRef | undefined {
    if (expression.kind === 'name') {
      const isElement = this.element?.name === expression.name;
      return isElement ? { member: this.element!.member, source: expression.name, isElement: true } : undefined;
    }
    if (expression.kind === 'index' && expression.index.kind === 'number' && !expression.index.isFloat) {
      const list = isOwnAttribute(expression.of) ? this.memberOf(expression.of.name) : undefined;
      return list?.repeat === undefined ? undefined : { member: list, source: printPython(expression), item: expression.index.value };
    }
    const member = isOwnAttribute(expression) ? this.memberOf(expression.name) : undefined;
    return member && { member, source: printPython(expression) };
  }

  private memberOf(attribute: string): Member | undefined {
    return this.members.members.find(({ name }) => pythonName(name) === attribute);
  }

  /** The member that an expression calls, or one of its methods. */
  private calleeOf(expression: Expr): { readonly ref: ModuleRef; readonly method?: string } | undefined {
    if (expression.kind !== 'call') return undefined;
    const ref = this.refOf(expression.of);
    if (ref) return { ref };
    const { of } = expression;
    const owner = of.kind === 'attribute' ? this.refOf(of.of) : undefined;
    if (owner && of.kind === 'attribute') return { ref: owner, method: ownName(of.name) };
    if (isOwnAttribute(of)) refuse(of, `There is no self.${of.name} in this class.`);
    return undefined;
  }

  private layerOf({ member }: ModuleRef): LayerDescriptor | undefined {
    const behind = this.behind(member);
    const found = classIdOf(behind.type) === undefined ? findDescriptor(behind.type) : undefined;
    return found?.kind === 'layer' ? found : undefined;
  }

  private behind(member: Member): Member {
    return member.aliasOf === undefined ? member : this.members.members.find(({ id }) => id === member.aliasOf)!;
  }

  private callNode(ref: ModuleRef, use: Pick<CallNode, 'method' | 'variable' | 'collect'> = {}): NodeId {
    const item = ref.item === undefined ? {} : { item: ref.item };
    return this.add((id) => ({ id, kind: 'call', member: ref.member.id, ...use, ...item }));
  }

  /** A Variable that is read: `self.embed.embedding[...]`, `self.scale[...]`. */
  private readOf(expression: Expr): readonly PortRef[] | undefined {
    if (expression.kind !== 'index' || expression.index.kind !== 'ellipsis') return undefined;
    const { of } = expression;
    const ref = this.refOf(of);
    if (ref && this.layerOf(ref)?.isVariable) return [{ node: this.callNode(ref), port: 'value' }];
    const owner = of.kind === 'attribute' ? this.refOf(of.of) : undefined;
    return owner && of.kind === 'attribute' ? [{ node: this.callNode(owner, { variable: ownName(of.name) }), port: 'value' }] : undefined;
  }

  private callMember(expression: Expr, ref: ModuleRef, method: string | undefined, collect?: 'stack' | 'concatenate'): readonly PortRef[] {
    const call = expression as Extract<Expr, { kind: 'call' }>;
    if (ref.member.repeat !== undefined && ref.item === undefined && !ref.isElement)
      refuse(expression, `${ref.source} is a list: go through it by a loop, or take one of its items.`);
    const use = { ...(method === undefined ? {} : { method }), ...(collect === undefined ? {} : { collect }) };
    const usedClass = classIdOf(this.behind(ref.member).type);
    if (usedClass !== undefined) return this.callClass(call, ref, use);
    const layer = this.layerOf(ref)!;
    if (method !== undefined && !layer.methods?.[method])
      refuse(expression, `${layer.type} has no method ${pythonName(method)} that is known here.`);
    const used = usedLayer(layer, method === undefined ? {} : { method }) ?? layer;
    const inverted = invert(this.callSubject(used, ref.source, method), expression, this.surroundings());
    if (!inverted.ok) refuse(inverted.at, `${printPython(expression)}: ${inverted.reason}.`);
    return this.called(ref, used, inverted, use);
  }

  /** A call that its layer writes in a form of its own, such as `self.cell(h, x)[0]`. */
  private customCall(expression: Expr): readonly PortRef[] | undefined {
    if (expression.kind !== 'index') return undefined;
    const callee = this.calleeOf(expression.of);
    const layer = callee && this.layerOf(callee.ref);
    if (!layer?.emit.flax.call || callee?.method !== undefined) return undefined;
    const inverted = invert(this.callSubject(layer, callee!.ref.source, undefined), expression, this.surroundings());
    return inverted.ok ? this.called(callee!.ref, layer, inverted, {}) : undefined;
  }

  private callSubject(layer: LayerDescriptor, source: string, method: string | undefined): Subject {
    const own = method === undefined ? layer.emit.flax.call : undefined;
    return {
      params: layer.params,
      emit: (inputs, context) =>
        own?.(source, inputs, context) ??
        `${source}${method === undefined ? '' : `.${pythonName(method)}`}(${Object.values(inputs).join(', ')})`,
      ports: (args) => inputPorts(layer, args as ArgsOf<ParamSpecs>),
      usesRngs: false,
    };
  }

  private called(
    ref: ModuleRef,
    layer: LayerDescriptor,
    inverted: Inverted,
    use: Pick<CallNode, 'method' | 'collect'>,
  ): readonly PortRef[] {
    const member = this.behind(ref.member);
    if (use.method === undefined) this.noteCall(member, inverted.args, ref);
    const sources = this.sourcesOf(inverted);
    const node = this.callNode(ref, use);
    this.wireAll(sources, node);
    const args = this.complete(layer.params, { ...member.args, ...inverted.args }) as ArgsOf<ParamSpecs>;
    return Object.keys(outputPorts(layer, args)).map((port) => ({ node, port }));
  }

  /** What belongs to the member and stands in its calls must be the same in all of them. */
  private noteCall(member: Member, args: Arguments, { source }: ModuleRef): void {
    const before = this.callArgs.get(member.id);
    if (before && JSON.stringify(before) !== JSON.stringify(args))
      refuse({ line: this.members.lines.get(member.id) ?? 1 }, `${source} is called with other options in one place than in another.`);
    this.callArgs.set(member.id, args);
  }

  private callClass(call: Extract<Expr, { kind: 'call' }>, ref: ModuleRef, use: Pick<CallNode, 'method' | 'collect'>): readonly PortRef[] {
    if (use.method !== undefined) refuse(call, `Only __call__ is known of a class of this file, not ${use.method}.`);
    const type = classIdOf(this.behind(ref.member).type)!;
    const read = this.classes.byId(type);
    if (call.args.length > read.inputs.length)
      refuse(call, `${read.class.name} takes ${read.inputs.length} inputs, not ${call.args.length}.`);
    const given = new Map(call.args.map((value, i) => [read.inputs[i]!, value]));
    for (const { name, value, line } of call.named) {
      const port = read.inputs.find((each) => pythonName(each) === name);
      if (port === undefined || given.has(port))
        refuse({ line }, `${read.class.name} takes no input ${name}${port === undefined ? '' : ' twice'}.`);
      given.set(port, value);
    }
    const missing = read.inputs.find((name) => !given.has(name));
    if (missing !== undefined) refuse(call, `${read.class.name} is called without ${missing}.`);
    const sources = this.sourcesOf({ inputs: given });
    const node = this.callNode(ref, use);
    this.wireAll(sources, node);
    return read.outputs.map((port) => ({ node, port }));
  }

  // Lists

  private listOf(expression: Expr): Member {
    const member = isOwnAttribute(expression) ? this.memberOf(expression.name) : undefined;
    if (!member) refuse(expression, `A loop goes over a list of modules of this class, not over ${printPython(expression)}.`);
    if (this.behind(member).repeat === undefined) refuse(expression, `${printPython(expression)} is no list.`);
    return member;
  }

  /** `for layer in self.layers: x = layer(x)`. */
  private loop(statement: Extract<Statement, { kind: 'for' }>): void {
    const member = this.listOf(statement.in);
    const [step, more] = statement.body;
    if (step?.kind !== 'assign' || more || step.target.kind !== 'name' || step.value.kind !== 'call')
      refuse(step ?? statement, 'A loop over modules holds one line that calls each: `x = layer(x)`. Make a class of what does more.');
    this.element = { name: statement.name, member };
    const ref = this.refOf(step.value.of);
    const [first] = step.value.args;
    if (!ref?.isElement) refuse(step, `The line of a loop calls ${statement.name}.`);
    if (first?.kind !== 'name' || first.name !== step.target.name)
      refuse(
        step,
        `What ${statement.name} gives goes into the next one: \`${step.target.name} = ${statement.name}(${step.target.name})\`.`,
      );
    const ports = this.callMember(step.value, { ...ref }, undefined);
    this.element = undefined;
    if (ports.length !== 1) refuse(step, 'What is called in a loop gives one value.');
    this.name(step.target.name, ports[0]!, step.target);
  }

  /** `jnp.stack([head(x) for head in self.heads])`. */
  private collected(expression: Expr): readonly PortRef[] | undefined {
    if (expression.kind !== 'call') return undefined;
    const [list] = expression.args;
    const [each] = list?.kind === 'list' ? list.items : [];
    if (each?.kind !== 'each') return undefined;
    const name = dottedName(expression.of);
    const axis = expression.named.map((part) => `${part.name}=${printPython(part.value)}`).join(', ');
    const collect =
      name === 'jnp.stack' && axis === '' ? 'stack' : name === 'jnp.concatenate' && axis === 'axis=-1' ? 'concatenate' : undefined;
    if (!collect) refuse(expression, 'What the items of a list give is put together by jnp.stack([…]) or jnp.concatenate([…], axis=-1).');
    this.element = { name: each.name, member: this.listOf(each.in) };
    const callee = this.calleeOf(each.item);
    if (!callee?.ref.isElement) refuse(each, `${each.name} is to be called.`);
    const ports = this.callMember(each.item, callee.ref, callee.method, collect);
    this.element = undefined;
    return ports;
  }

  // Probes and the end

  private isSow(expression: Expr): boolean {
    if (expression.kind !== 'call' || dottedName(expression.of) !== 'self.sow') return false;
    const [type, name, value, more] = expression.args;
    if (!type || name?.kind !== 'text' || value?.kind !== 'name' || more || expression.named.length > 0)
      refuse(expression, "Expected self.sow(nnx.Intermediate, 'name', value) with a value that has a name.");
    this.probe('sow', name.value, this.ownValue(value.name, value), variableType(type), expression);
    return true;
  }

  private isPerturb(target: Expr, expression: Expr): boolean {
    if (expression.kind !== 'call' || dottedName(expression.of) !== 'self.perturb') return false;
    const [name, value, type, more] = expression.args;
    if (name?.kind !== 'text' || value?.kind !== 'name' || more || expression.named.length > 0 || target.kind !== 'name')
      refuse(expression, "Expected `x = self.perturb('name', x)` with a value that has a name.");
    const before = this.valueOf(value);
    // A perturbation is of all that reads the value: what reads it without must read another.
    const hasOthers =
      target.name !== value.name || [...this.values].some(([other, port]) => other !== value.name && isSamePort(port, before));
    const isRead = Object.values(this.wires).some(({ from }) => isSamePort(from, before));
    if (hasOthers || isRead) this.values.set(target.name, before);
    const port = this.ownValue(target.name, value, hasOthers || isRead);
    this.probe('perturb', name.value, port, type ? variableType(type) : 'Perturbation', expression);
    return true;
  }

  private probe(kind: Probe['kind'], label: string, at: PortRef, type: string, place: Expr): void {
    const name = checkedName(label, 'probe', place);
    this.probes.push({ id: `p${this.probes.length + 1}`, at, kind, name, variableType: type });
  }

  private finish(value: Expr | null): void {
    const results = !value ? [] : value.kind === 'tuple' ? value.items : [value];
    const taken = new Set<string>();
    const isInput = (port: PortRef) => this.nodes[port.node]?.kind === 'input';
    this.outputs = results.map((result, order) => {
      // Where nothing is wired to an output, the code gives None.
      if (result.kind === 'constant' && result.value === null) {
        const open = freeOutput(results.length === 1 ? 'y' : `y${order}`, new Set([...taken, ...this.inputs]));
        taken.add(open);
        this.add((id) => ({ id, kind: 'output', name: open, order }));
        return open;
      }
      const port = result.kind === 'name' ? this.ownValue(result.name, result) : this.single(result);
      const own = result.kind === 'name' && !isInput(port) ? ownName(result.name) : undefined;
      const name =
        own !== undefined && !taken.has(own)
          ? own
          : freeOutput(results.length === 1 ? 'y' : `y${order}`, new Set([...taken, ...this.inputs]));
      taken.add(name);
      const node = this.add((id) => ({ id, kind: 'output', name, order }));
      this.wire(port, { node, port: 'in' });
      return name;
    });
  }

  private add(make: (id: NodeId) => GraphNode): NodeId {
    const id = `n${++this.nodeCount}`;
    this.nodes[id] = make(id);
    return id;
  }

  private wire(from: PortRef, to: PortRef): void {
    const id = `w${++this.wireCount}`;
    this.wires[id] = { id, from, to };
  }
}

function isOwnAttribute(expression: Expr): expression is Extract<Expr, { kind: 'attribute' }> {
  return expression.kind === 'attribute' && expression.of.kind === 'name' && expression.of.name === 'self';
}

function freeOutput(name: string, taken: ReadonlySet<string>): string {
  for (let at = name, number = 2; ; number++) {
    if (!taken.has(at)) return at;
    at = `${name}_${number}`;
  }
}

/** The names that values are assigned to, tuples within tuples flat: `(c, h), y`. */
function namesIn(target: Expr): readonly string[] {
  if (target.kind === 'name') return [target.name];
  if (target.kind !== 'tuple') refuse(target, 'Values are given to names here.');
  return target.items.flatMap(namesIn);
}

/** `nnx.Intermediate`, or the name of a type as a text. */
function variableType(expression: Expr): string {
  if (expression.kind === 'text') return expression.value;
  const name = dottedName(expression);
  return name !== undefined && /^nnx\.\w+$/.test(name) ? name.slice(4) : refuse(expression, 'Expected a type such as nnx.Intermediate.');
}
