/** @file Problems that a document has whatever the types are: references to nowhere, cycles, names. Knows no registry. */
import { graphOf } from '../graph/graph-of.ts';
import { nodeTitle } from '../graph/node-name.ts';
import { setProbe, removeProbe, renameProbe } from './edits/probes.ts';
import { renameClass, setRoot } from './edits/classes.ts';
import { renameField } from './edits/fields.ts';
import { goodName } from './edits/good-name.ts';
import { memberNames, removeMember, renameMember } from './edits/members.ts';
import { addMissingClass } from './edits/missing-class.ts';
import { removeNodes, renamePort } from './edits/nodes.ts';
import { without } from './edits/change.ts';
import { changeSetting } from './edits/settings.ts';
import { changeView } from './edits/views.ts';
import { disconnect } from './edits/wires.ts';
import { classIdOf, findClass, findNode, usesClass } from './find.ts';
import { isId } from './ids.ts';
import { nameFault, type NameUse } from './names.ts';
import { findCycle, inputNodes, outputNodes } from './order.ts';
import { byOutline } from './outline.ts';
import { problem, quoted, shorten, type Fix, type Place, type Problem } from './problem.ts';
import type { AttributeValue, InputNode, Member, ModelClass, ModelDocument, NodeId, OutputNode, PortRef } from './schema.ts';

/** All structural problems, class by class. */
export function findStructureProblems(document: ModelDocument): readonly Problem[] {
  const problems: Problem[] = [];
  if (!findClass(document, document.root.class)) {
    const words = { expected: 'a class of the document', got: `"${document.root.class}"`, fix: 'Choose a class as the root.' };
    const fixes = Object.values(document.classes)
      .slice(0, 1)
      .map(({ id, name }): Fix => ({ label: `Make ${name} the root`, edit: (model) => setRoot(model, id) }));
    problems.push(problem('root/unknown', {}, 'root class', { ...words, fixes }));
  }
  problems.push(
    ...findNameProblems(
      Object.values(document.classes),
      { use: 'class', of: '' },
      ({ id }) => ({ class: id }),
      ({ id }, name) =>
        (model) =>
          renameClass(model, id, name),
    ),
    ...findNameProblems(
      document.views,
      { use: 'view', of: '' },
      ({ id }) => ({ view: id }),
      ({ id }, name) =>
        (model) =>
          changeView(model, id, { name }),
    ),
    ...findAttributeProblems(document),
  );
  for (const modelClass of Object.values(document.classes))
    problems.push(...findInClass(modelClass), ...findMemberProblems(document, modelClass));
  return problems;
}

type Attributes = Readonly<Record<string, AttributeValue>>;

/** Attributes of settings and views become keyword arguments. */
function findAttributeProblems({ settings, views }: ModelDocument): readonly Problem[] {
  const places = [
    ...settings.flatMap((each, i) => {
      const change = (model: ModelDocument, attributes: Attributes) => changeSetting(model, each.id, { attributes });
      return each.kind === 'set' ? [{ at: { setting: each.id }, subject: `setting ${i + 1}`, change, ...each }] : [];
    }),
    ...views.map((each) => {
      const change = (model: ModelDocument, attributes: Attributes) => changeView(model, each.id, { attributes });
      return { at: { view: each.id }, subject: `view ${each.name}`, change, ...each };
    }),
  ];
  return places.flatMap(({ at, subject, attributes, change }) =>
    Object.keys(attributes).flatMap((name) => {
      const expected = nameFault(name, 'attribute');
      const edit = (model: ModelDocument) => change(model, without(attributes, [name]));
      const fixes = Object.keys(attributes).length > 1 ? [{ label: `Remove ${name}`, edit }] : [];
      const words = { expected: expected ?? '', got: quoted(name), fix: 'Remove the attribute.', fixes };
      return expected === undefined ? [] : [problem('name/attribute', at, `attributes of ${subject}`, words)];
    }),
  );
}

function memberTitle({ name }: ModelClass, member: Member): string {
  return `member ${shorten(member.name, 40)} of ${name}`;
}

/** What a node is called; its id where it is not there. */
function titleOf(modelClass: ModelClass, id: NodeId): string {
  const node = findNode(modelClass, id);
  return node ? shorten(nodeTitle(modelClass, node), 40) : quoted(id);
}

/** Problems of a class by itself. */
const findInClass = byOutline((modelClass): readonly Problem[] => {
  const { id } = modelClass;
  const of = ` of ${modelClass.name}`;
  return [
    ...findNameProblems(
      modelClass.fields,
      { use: 'field', of, taken: memberNames(modelClass) },
      ({ name }) => ({ class: id, field: name }),
      // Of two with one name an edit by name cannot mean one.
      (field, name) =>
        modelClass.fields.some((each) => each !== field && each.name === field.name)
          ? undefined
          : (model) => renameField(model, id, field.name, name),
    ),
    ...findNameProblems(
      modelClass.members,
      { use: 'member', of, taken: memberNames(modelClass) },
      (member) => ({ class: id, member: member.id }),
      (member, name) => (model) => renameMember(model, id, member.id, name),
    ),
    ...(['input', 'output'] as const).flatMap((use) =>
      findNameProblems<InputNode | OutputNode>(
        use === 'input' ? inputNodes(modelClass) : outputNodes(modelClass),
        { use, of },
        (node) => ({ class: id, node: node.id }),
        (node, name) => (model) => renamePort(model, id, node.id, name),
      ),
    ),
    ...(['sow', 'perturb'] as const).flatMap((kind) => {
      const probes = modelClass.probes.filter((probe) => probe.kind === kind);
      return findNameProblems(
        probes,
        { use: 'probe', of },
        (probe) => ({ class: id, probe: probe.id }),
        (probe, name) => (model) => renameProbe(model, id, probe.id, name),
      );
    }),
    ...findTypeNameProblems(modelClass),
    ...findFieldClashes(modelClass),
    ...findCallProblems(modelClass),
    ...findWireProblems(modelClass),
    ...findProbeProblems(modelClass),
  ];
});

/** `of`: whose items they are, as the end of what each is called. `taken`: names beside those of the items. `rename`: undefined where no edit can. */
function findNameProblems<T extends { readonly name: string; readonly id?: string }>(
  items: readonly T[],
  { use, of, taken = [] }: { readonly use: NameUse; readonly of: string; readonly taken?: readonly string[] },
  placeOf: (item: T) => Place,
  rename: (item: T, name: string) => Fix['edit'] | undefined,
): readonly Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const item of items) {
    const fault = nameFault(item.name, use);
    const isTwice = seen.has(item.name);
    seen.add(item.name);
    if (fault === undefined && !isTwice) continue;
    const subject = `${use} ${shorten(item.name, 40)}${of}`;
    const got = quoted(item.name);
    const name = goodName(item.name, use, [...taken, ...items.map((each) => each.name)]);
    const edit = name === undefined ? undefined : rename(item, name);
    const fixes = edit ? [{ label: `Rename to ${name}`, edit }] : [];
    if (fault === undefined) {
      const words = { expected: 'each name once', got: `${got} a second time`, fix: 'Rename one of them.', fixes };
      problems.push(problem('name/duplicate', placeOf(item), subject, words));
    } else problems.push(problem('name/invalid', placeOf(item), subject, { expected: fault, got, fix: 'Choose another name.', fixes }));
  }
  return problems;
}

/** The names of Variable types, which become names of classes. */
function findTypeNameProblems(modelClass: ModelClass): readonly Problem[] {
  return modelClass.probes.flatMap(({ id, name, kind, at: port, variableType }) => {
    const expected = nameFault(variableType, 'type');
    const good = goodName(variableType, 'type', []);
    const edit = (model: ModelDocument) => setProbe(model, modelClass.id, { at: port, kind, variableType: good! }).document;
    const fixes = good === undefined ? [] : [{ label: `Use the type ${good}`, edit }];
    const words = { expected: expected ?? '', got: quoted(variableType), fix: 'Choose another type.', fixes };
    const place = { class: modelClass.id, probe: id, node: port.node };
    return expected === undefined ? [] : [problem('name/invalid', place, `probe ${name} of ${modelClass.name}`, words)];
  });
}

/** Fields that the forward graph needs become attributes, as members are. */
function findFieldClashes(modelClass: ModelClass): readonly Problem[] {
  const names = new Set(modelClass.fields.map((field) => field.name));
  return modelClass.members
    .filter((member) => names.has(member.name))
    .map((member) => {
      const name = goodName(member.name, 'member', memberNames(modelClass));
      const edit = (model: ModelDocument) => renameMember(model, modelClass.id, member.id, name!);
      const fixes = name === undefined ? [] : [{ label: `Rename the member to ${name}`, edit }];
      const words = { expected: 'a name that no field has', got: `"${member.name}"`, fix: 'Rename the member or the field.', fixes };
      return problem('name/duplicate', { class: modelClass.id, member: member.id }, memberTitle(modelClass, member), words);
    });
}

/** Members that are nothing in this document. */
function findMemberProblems(document: ModelDocument, modelClass: ModelClass): readonly Problem[] {
  return modelClass.members.flatMap((member) => {
    if (member.aliasOf === undefined && classIdOf(member.type) === undefined) return [];
    const place = { class: modelClass.id, member: member.id };
    const subject = memberTitle(modelClass, member);
    const removal: Fix = { label: `Remove ${member.name}`, edit: (model) => removeMember(model, modelClass.id, member.id) };
    if (member.aliasOf !== undefined) {
      if (graphOf(modelClass).behind(member.id)) return [];
      const meant = modelClass.members.find(({ id }) => id === member.aliasOf)?.name;
      const got =
        meant === undefined
          ? `"${member.aliasOf}", which is not there`
          : meant === member.name
            ? 'itself'
            : `${meant}, which leads back to it`;
      const words = { expected: 'another member of the class', got, fix: 'Remove the alias.', fixes: [removal] };
      return [problem('alias/nowhere', place, subject, words)];
    }
    const used = classIdOf(member.type);
    if (used === undefined) return [];
    const usedClass = findClass(document, used);
    if (!usedClass) {
      const creation: Fix = { label: 'Create the missing class', edit: (model) => addMissingClass(model, used) };
      const fixes = isId(used) ? [creation, removal] : [removal];
      const words = {
        expected: 'a class of the document',
        got: `"${used}"`,
        fix: 'Remove the member, or choose another type for it.',
        fixes,
      };
      return [problem('class/unknown', place, subject, words)];
    }
    if (!usesClass(document, used, modelClass.id)) return [];
    const words = {
      expected: `a class that does not contain ${modelClass.name}`,
      got: usedClass.name,
      fix: `Remove ${member.name}: the class would contain itself.`,
      fixes: [removal],
    };
    return [problem('class/recursion', place, subject, words)];
  });
}

function findCallProblems(modelClass: ModelClass): readonly Problem[] {
  const members = new Set(modelClass.members.map((member) => member.id));
  return Object.values(modelClass.nodes).flatMap((node) => {
    if (node.kind !== 'call' || members.has(node.member)) return [];
    const fixes = [{ label: 'Remove the node', edit: (model: ModelDocument) => removeNodes(model, modelClass.id, [node.id]) }];
    const words = { expected: `a member of ${modelClass.name}`, got: `"${node.member}"`, fix: 'Remove the node.', fixes };
    return [problem('member/unknown', { class: modelClass.id, node: node.id }, `call ${node.id} of ${modelClass.name}`, words)];
  });
}

function findWireProblems(modelClass: ModelClass): readonly Problem[] {
  const problems: Problem[] = [];
  const graph = graphOf(modelClass);
  const taken = new Set<string>();
  for (const wire of Object.values(modelClass.wires)) {
    const report = (code: string, end: 'from' | 'to', expected: string, got: string) => {
      const subject = `wire from ${titleOf(modelClass, wire.from.node)} to ${titleOf(modelClass, wire.to.node)} of ${modelClass.name}`;
      problems.push(
        problem(code, { class: modelClass.id, wire: wire.id, node: wire[end].node }, subject, {
          expected,
          got,
          fix: 'Remove the wire, or lay it anew.',
          fixes: [{ label: 'Remove the wire', edit: (model) => disconnect(model, modelClass.id, [wire.id]) }],
        }),
      );
    };
    const source = findNode(modelClass, wire.from.node);
    const target = findNode(modelClass, wire.to.node);
    if (!source) report('wire/nowhere', 'from', `a node of ${modelClass.name}`, `"${wire.from.node}", which is not there`);
    else if (source.kind === 'output') report('wire/direction', 'from', 'a node with an output port', `the output "${source.name}"`);
    else if (source.kind === 'input' || source.kind === 'constant') checkPort(wire.from, 'out', 'from');
    if (!target) report('wire/nowhere', 'to', `a node of ${modelClass.name}`, `"${wire.to.node}", which is not there`);
    else if (target.kind === 'input' || target.kind === 'constant')
      report('wire/direction', 'to', 'a node with an input port', `the ${titleOf(modelClass, target.id)}`);
    else if (target.kind === 'output') checkPort(wire.to, 'in', 'to');
    if (graph.incoming(wire.to.node).length === 1) continue;
    const port = `${wire.to.node}\n${wire.to.port}`;
    if (taken.has(port)) report('wire/double', 'to', 'one wire into a port', 'a second one');
    taken.add(port);

    function checkPort(ref: PortRef, port: string, end: 'from' | 'to') {
      if (ref.port !== port) report('wire/nowhere', end, `the port "${port}"`, `"${ref.port}", which is not there`);
    }
  }
  const cycle = findCycle(modelClass);
  if (cycle.length > 0) {
    const closing = graph.incoming(cycle[0]!).flatMap(({ id, from }) => (from.node === cycle.at(-2) ? [id] : []));
    const edit = (model: ModelDocument) => disconnect(model, modelClass.id, closing);
    const words = {
      expected: 'a graph without cycles',
      got: cycle.map((id) => titleOf(modelClass, id)).join(' → '),
      fix: 'Remove one of its wires.',
      fixes: [{ label: 'Remove the wire that closes it', edit }],
    };
    problems.push(problem('graph/cycle', { class: modelClass.id, node: cycle[0]! }, modelClass.name, words));
  }
  return problems;
}

function findProbeProblems(modelClass: ModelClass): readonly Problem[] {
  return [...findLostProbes(modelClass), ...findClashingProbes(modelClass)];
}

/** What is captured under the name of a member replaces what is captured inside it. */
function findClashingProbes(modelClass: ModelClass): readonly Problem[] {
  const names = new Set(modelClass.members.map((member) => member.name));
  return modelClass.probes.flatMap((probe) => {
    if (!names.has(probe.name)) return [];
    const taken = [...names, ...modelClass.probes.map((each) => each.name)];
    const name = goodName(`${probe.name}Out`, 'probe', taken);
    const edit = (model: ModelDocument) => renameProbe(model, modelClass.id, probe.id, name!);
    const fixes = name === undefined ? [] : [{ label: `Rename the probe to ${name}`, edit }];
    const words = { expected: 'a name that no member has', got: `"${probe.name}"`, fix: 'Rename the probe.', fixes };
    const place = { class: modelClass.id, probe: probe.id, node: probe.at.node };
    return [problem('probe/clash', place, `probe ${probe.name} of ${modelClass.name}`, words, 'warning')];
  });
}

function findLostProbes(modelClass: ModelClass): readonly Problem[] {
  return modelClass.probes.flatMap((probe) => {
    const node = findNode(modelClass, probe.at.node);
    if (node && node.kind !== 'output') return [];
    const got = node ? `the output "${probe.at.node}"` : `"${probe.at.node}", which is not there`;
    const fixes = [{ label: 'Remove the probe', edit: (model: ModelDocument) => removeProbe(model, modelClass.id, probe.id) }];
    const words = { expected: 'a port that a value leaves', got, fix: 'Remove the probe.', fixes };
    return [problem('probe/nowhere', { class: modelClass.id, probe: probe.id }, `probe ${probe.name} of ${modelClass.name}`, words)];
  });
}
