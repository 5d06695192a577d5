/** @file The differences of two states of one class. */
import { isSamePort } from '../document/find.ts';
import type { Arguments, Field, GraphNode, Member, MemberId, ModelClass, NodeId, Probe } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeName } from '../graph/node-name.ts';
import { same, type Difference } from './difference.ts';
import { matchMembers, pairBy } from './match-members.ts';
import { matchNodes } from './match-nodes.ts';
import { nodeWords, portWords, valueWords } from './words.ts';

export interface ClassPair {
  readonly before: ModelClass;
  readonly after: ModelClass;
  /** A type as a person calls it, in either document; `isSame`: by which types of both are compared. */
  readonly typeWords: (member: Member, of: ModelClass) => string;
  readonly typeKey: (member: Member, of: ModelClass) => string;
}

export function diffClass(pair: ClassPair): readonly Difference[] {
  return new ClassDiff(pair).run();
}

class ClassDiff {
  private readonly found: Difference[] = [];
  private readonly members: ReadonlyMap<Member, Member>;
  private readonly nodes: ReadonlyMap<NodeId, NodeId>;

  constructor(private readonly pair: ClassPair) {
    const { before, after, typeKey } = pair;
    this.members = isOneLine(before, after) ? membersById(before, after) : matchMembers(before, after, typeKey);
    const behind = new Map(after.members.map((member) => [member.id, this.members.get(member)?.id]));
    this.nodes = isOneLine(before, after)
      ? nodesById(before, after)
      : matchNodes(before, after, { memberBefore: (id: MemberId) => behind.get(id) });
  }

  run(): readonly Difference[] {
    const { before, after } = this.pair;
    if (before.name !== after.name) this.say('changed', 'class', {}, `${before.name} is called ${after.name} now.`);
    if (before.doc !== after.doc) this.say('changed', 'class', {}, `${after.name}: the text is another.`);
    this.fields();
    this.memberList();
    this.nodeList();
    this.wires();
    this.probes();
    this.drawing();
    return this.found;
  }

  private say(kind: Difference['kind'], of: Difference['of'], place: Difference['place'], message: string): void {
    this.found.push({ kind, of, place: { class: (kind === 'removed' ? this.pair.before : this.pair.after).id, ...place }, message });
  }

  private fields(): void {
    const { before, after } = this.pair;
    const pairs = pairBy<Field>(before.fields, after.fields, [({ name }) => name]);
    for (const field of after.fields) {
      const was = pairs.get(field);
      const place = { field: field.name };
      if (!was) this.say('added', 'field', place, `${after.name}: the field ${field.name} is new.`);
      else if (was.type !== field.type)
        this.say('changed', 'field', place, `${after.name}: the field ${field.name} is ${field.type}, not ${was.type}.`);
      else if (!same(was.default, field.default))
        this.say(
          'changed',
          'field',
          place,
          `${after.name}: the field ${field.name} has the default ${valueWords(field.default)} instead of ${valueWords(was.default)}.`,
        );
      else if (was.doc !== field.doc) this.say('changed', 'field', place, `${after.name}: the text of the field ${field.name} is another.`);
    }
    const kept = new Set(pairs.values());
    for (const field of before.fields)
      if (!kept.has(field)) this.say('removed', 'field', { field: field.name }, `${after.name}: the field ${field.name} is gone.`);
    const order = after.fields.flatMap((field) => before.fields.indexOf(pairs.get(field)!));
    if (order.some((at, i) => i > 0 && at >= 0 && at < order[i - 1]!))
      this.say('changed', 'field', {}, `${after.name}: the fields stand in another order.`);
  }

  private memberList(): void {
    const { before, after, typeWords, typeKey } = this.pair;
    for (const member of after.members) {
      const was = this.members.get(member);
      const place = { member: member.id };
      const title = `${after.name}.${member.name}`;
      const type = typeWords(member, after);
      if (!was) {
        const alias = member.aliasOf === undefined ? undefined : graphOf(after).memberOf(member.aliasOf)?.name;
        this.say('added', 'member', place, alias === undefined ? `${title} (${type}) is new.` : `${title} is a second name of ${alias}.`);
        continue;
      }
      if (was.name !== member.name) this.say('changed', 'member', place, `${after.name}.${was.name} is called ${member.name} now.`);
      if (typeKey(was, before) !== typeKey(member, after) || (was.aliasOf === undefined) !== (member.aliasOf === undefined))
        this.say('changed', 'member', place, `${title} is ${aliasWords(member, type)}, not ${aliasWords(was, typeWords(was, before))}.`);
      else if (was.aliasOf !== undefined && nameBehind(before, was) !== nameBehind(after, member))
        this.say('changed', 'member', place, `${title} stands for ${nameBehind(after, member)}, not ${nameBehind(before, was)}.`);
      this.args(title, place, was.args, member.args);
      if (!same(was.repeat, member.repeat))
        this.say(
          'changed',
          'member',
          { ...place, param: 'repeat' },
          member.repeat === undefined
            ? `${title} is no list any more.`
            : was.repeat === undefined
              ? `${title} is a list of ${valueWords(member.repeat)}.`
              : `${title} has ${valueWords(member.repeat)} repeats instead of ${valueWords(was.repeat)}.`,
        );
    }
    const kept = new Set(this.members.values());
    for (const member of before.members)
      if (!kept.has(member))
        this.say('removed', 'member', { member: member.id }, `${after.name}.${member.name} (${typeWords(member, before)}) is gone.`);
    const order = after.members.flatMap((member) => (this.members.has(member) ? [before.members.indexOf(this.members.get(member)!)] : []));
    if (order.some((at, i) => i > 0 && at < order[i - 1]!))
      this.say('changed', 'class', {}, `${after.name}: the members are made in another order, and draw other numbers.`);
  }

  private args(title: string, place: Difference['place'], was: Arguments, now: Arguments): void {
    const of = place.member === undefined ? 'node' : 'member';
    for (const name of new Set([...Object.keys(was), ...Object.keys(now)]))
      if (!same(was[name], now[name]))
        this.say(
          'changed',
          of,
          { ...place, param: name },
          `${title}: ${name} is ${valueWords(now[name])} instead of ${valueWords(was[name])}.`,
        );
  }

  private nodeList(): void {
    const { before, after } = this.pair;
    for (const node of Object.values(after.nodes)) {
      const was = before.nodes[this.nodes.get(node.id) ?? ''];
      const place = { node: node.id };
      if (!was) this.say('added', 'node', place, `${after.name}: ${nodeWords(after, node)} is new.`);
      else this.node(was, node);
    }
    const kept = new Set(this.nodes.values());
    for (const node of Object.values(before.nodes))
      if (!kept.has(node.id)) this.say('removed', 'node', { node: node.id }, `${after.name}: ${nodeWords(before, node)} is gone.`);
  }

  private node(was: GraphNode, node: GraphNode): void {
    const { before, after } = this.pair;
    const title = `${after.name}: ${nodeWords(after, node)}`;
    const place = { node: node.id };
    if (was.kind !== node.kind || (was.kind === 'op' && node.kind === 'op' && was.op !== node.op)) {
      this.say('changed', 'node', place, `${title} stands where ${nodeWords(before, was)} was.`);
      return;
    }
    if ((was.kind === 'input' || was.kind === 'output') && 'name' in node) {
      if (was.name !== node.name)
        this.say('changed', 'node', place, `${after.name}: the ${was.kind} ${was.name} is called ${node.name} now.`);
      if (was.order !== (node as typeof was).order)
        this.say('changed', 'node', place, `${title} is number ${(node as typeof was).order + 1}, not ${was.order + 1}.`);
    }
    if (was.kind === 'input' && node.kind === 'input') {
      if (!same(was.shape, node.shape))
        this.say(
          'changed',
          'node',
          { ...place, param: 'shape' },
          `${title} has the shape ${shapeWords(node.shape)} instead of ${shapeWords(was.shape)}.`,
        );
      if (was.dtype !== node.dtype)
        this.say('changed', 'node', { ...place, param: 'dtype' }, `${title} holds ${node.dtype}, not ${was.dtype}.`);
    }
    if (was.kind === 'op' && node.kind === 'op') this.args(title, place, was.args, node.args);
    if (was.kind === 'constant' && node.kind === 'constant' && !same([was.value, was.dtype], [node.value, node.dtype]))
      this.say(
        'changed',
        'node',
        place,
        `${title} is ${valueWords(node.value)} (${node.dtype}) instead of ${valueWords(was.value)} (${was.dtype}).`,
      );
    if (was.kind === 'call' && node.kind === 'call') {
      const isOther = this.members.get(graphOf(after).memberOf(node.member)!)?.id !== was.member;
      const use = ({ item, method, variable, collect }: typeof was) => [item, method, variable, collect];
      if (isOther)
        this.say('changed', 'node', place, `${after.name}: ${nodeName(after, node)} is called where ${nodeName(before, was)} was.`);
      else if (!same(use(was), use(node)))
        this.say('changed', 'node', place, `${title} is used otherwise than as ${nodeWords(before, was)}.`);
    }
    const isOff = (each: GraphNode) => (each.kind === 'call' || each.kind === 'op') && each.bypass === true;
    if (isOff(was) !== isOff(node)) this.say('changed', 'node', place, `${title} is ${isOff(node) ? 'bypassed' : 'bypassed no more'}.`);
  }

  private wires(): void {
    const { before, after } = this.pair;
    const old = graphOf(before);
    const kept = new Set<string>();
    for (const wire of Object.values(after.wires)) {
      const to = this.nodes.get(wire.to.node);
      const was = to === undefined ? undefined : old.wireInto({ node: to, port: wire.to.port });
      const [from, into] = [portWords(after, wire.from, 'outgoing'), portWords(after, wire.to, 'incoming')];
      if (was) kept.add(was.id);
      // What is wired to something new is said by that.
      if (!was) this.say('added', 'wire', { wire: wire.id }, `${after.name}: ${from} goes to ${into}.`);
      else if (!isSamePort(was.from, { node: this.nodes.get(wire.from.node) ?? '', port: wire.from.port }))
        this.say(
          'changed',
          'wire',
          { wire: wire.id },
          `${after.name}: ${from} goes to ${into}, not ${portWords(before, was.from, 'outgoing')}.`,
        );
    }
    const there = new Set(this.nodes.values());
    for (const wire of Object.values(before.wires)) {
      if (kept.has(wire.id) || !there.has(wire.to.node)) continue;
      this.say(
        'removed',
        'wire',
        { wire: wire.id },
        `${after.name}: ${portWords(before, wire.from, 'outgoing')} goes to ${portWords(before, wire.to, 'incoming')} no more.`,
      );
    }
  }

  private probes(): void {
    const { before, after } = this.pair;
    const pairs = pairBy<Probe>(before.probes, after.probes, [({ kind, name }) => `${kind} ${name}`]);
    for (const probe of after.probes) {
      const was = pairs.get(probe);
      const at = portWords(after, probe.at, 'outgoing');
      const title = `${after.name}: ${probe.kind} ${probe.name}`;
      const isThere = was && this.nodes.get(probe.at.node) === was.at.node && was.at.port === probe.at.port;
      if (!was) this.say('added', 'probe', { probe: probe.id }, `${title} at ${at} is new.`);
      else if (!isThere)
        this.say('changed', 'probe', { probe: probe.id }, `${title} is at ${at}, not ${portWords(before, was.at, 'outgoing')}.`);
      else if (was.variableType !== probe.variableType)
        this.say('changed', 'probe', { probe: probe.id }, `${title} is kept as ${probe.variableType}, not ${was.variableType}.`);
    }
    const kept = new Set(pairs.values());
    for (const probe of before.probes)
      if (!kept.has(probe)) this.say('removed', 'probe', { probe: probe.id }, `${after.name}: ${probe.kind} ${probe.name} is gone.`);
  }

  /** Where things lie, in one sentence: it means nothing to the model. */
  private drawing(): void {
    const { before, after } = this.pair;
    const moved = [...this.nodes].filter(([node, was]) => before.layout[was] && !same(before.layout[was], after.layout[node])).length;
    if (moved > 0) this.say('changed', 'place', {}, `${after.name}: ${moved === 1 ? 'one node lies' : `${moved} nodes lie`} elsewhere.`);
    if (!same(before.annotations ?? [], after.annotations ?? []))
      this.say('changed', 'note', {}, `${after.name}: notes or frames are others.`);
  }
}

function aliasWords(member: Member, type: string): string {
  return member.aliasOf === undefined ? type : `a second name of a ${type}`;
}

function nameBehind(modelClass: ModelClass, member: Member): string {
  return graphOf(modelClass).behind(member.id)?.name ?? 'nothing';
}

function shapeWords(shape: Extract<GraphNode, { kind: 'input' }>['shape']): string {
  return shape === null ? 'of its callers' : valueWords(shape).replaceAll(/[“”]/g, '');
}

/** Whether one came of the other by edits, so that ids mean the same: most nodes have theirs still. */
function isOneLine(before: ModelClass, after: ModelClass): boolean {
  const ids = Object.keys(before.nodes);
  const kept = ids.filter((id) => after.nodes[id] !== undefined && isAlike(before, before.nodes[id]!, after, after.nodes[id]));
  return before.id === after.id && kept.length * 5 >= Math.max(ids.length, Object.keys(after.nodes).length) * 3;
}

function isAlike(before: ModelClass, was: GraphNode, after: ModelClass, is: GraphNode): boolean {
  if (was.kind === 'call' && is.kind === 'call') return graphOf(before).behind(was.member)?.type === graphOf(after).behind(is.member)?.type;
  return was.kind === is.kind && (was.kind !== 'op' || is.kind !== 'op' || was.op === is.op);
}

function membersById(before: ModelClass, after: ModelClass): ReadonlyMap<Member, Member> {
  return pairBy(before.members, after.members, [({ id }) => id]);
}

function nodesById(before: ModelClass, after: ModelClass): ReadonlyMap<NodeId, NodeId> {
  return new Map(Object.keys(after.nodes).flatMap((id) => (before.nodes[id]?.kind === after.nodes[id]!.kind ? [[id, id] as const] : [])));
}
