/** @file Problems that a document has whatever the types are: references to nowhere, cycles, names. Knows no registry. */
import { graphOf } from '../graph/graph-of.ts';
import { classIdOf, findClass, findNode, usesClass } from './find.ts';
import { nameFault, type NameUse } from './names.ts';
import { findCycle, inputNodes, outputNodes } from './order.ts';
import { byOutline } from './outline.ts';
import { problem, quoted, type Place, type Problem } from './problem.ts';
import type { ModelClass, ModelDocument, PortRef } from './schema.ts';

/** All structural problems, class by class. */
export function findStructureProblems(document: ModelDocument): readonly Problem[] {
  const problems: Problem[] = [];
  if (!findClass(document, document.root.class)) {
    const fix = 'Choose a class as the root.';
    problems.push(problem('root/unknown', {}, 'root.class', { expected: 'a class of the document', got: `"${document.root.class}"`, fix }));
  }
  problems.push(...findNameProblems(Object.values(document.classes), (each) => ({ class: each.id }), 'classes', 'class'));
  problems.push(...findNameProblems(document.views, ({ id }) => ({ view: id }), 'views', 'view'), ...findAttributeProblems(document));
  for (const modelClass of Object.values(document.classes))
    problems.push(...findInClass(modelClass), ...findMemberProblems(document, modelClass));
  return problems;
}

/** Attributes of settings and views become keyword arguments. */
function findAttributeProblems({ settings, views }: ModelDocument): readonly Problem[] {
  const places = [
    ...settings.flatMap((each) => (each.kind === 'set' ? [{ at: { setting: each.id }, subject: `settings.${each.id}`, ...each }] : [])),
    ...views.map((each) => ({ at: { view: each.id }, subject: `views.${each.id}`, ...each })),
  ];
  return places.flatMap(({ at, subject, attributes }) =>
    Object.keys(attributes).flatMap((name) => {
      const expected = nameFault(name, 'attribute');
      const words = { expected: expected ?? '', got: quoted(name), fix: 'Remove the attribute.' };
      return expected === undefined ? [] : [problem('name/attribute', at, `${subject}.attributes`, words)];
    }),
  );
}

/** Problems of a class by itself. */
const findInClass = byOutline((modelClass): readonly Problem[] => {
  const at = `classes.${modelClass.id}`;
  return [
    ...findNameProblems(modelClass.fields, ({ name }) => ({ class: modelClass.id, field: name }), `${at}.fields`, 'field'),
    ...findNameProblems(modelClass.members, ({ id }) => ({ class: modelClass.id, member: id }), `${at}.members`, 'member'),
    ...findNameProblems(inputNodes(modelClass), ({ id }) => ({ class: modelClass.id, node: id }), `${at}.nodes`, 'input'),
    ...findNameProblems(outputNodes(modelClass), ({ id }) => ({ class: modelClass.id, node: id }), `${at}.nodes`, 'output'),
    ...(['sow', 'perturb'] as const).flatMap((kind) => {
      const probes = modelClass.probes.filter((probe) => probe.kind === kind);
      return findNameProblems(probes, ({ id }) => ({ class: modelClass.id, probe: id }), `${at}.probes`, 'probe');
    }),
    ...findTypeNameProblems(modelClass, at),
    ...findFieldClashes(modelClass, at),
    ...findCallProblems(modelClass, at),
    ...findWireProblems(modelClass, at),
    ...findProbeProblems(modelClass, at),
  ];
});

function findNameProblems<T extends { readonly name: string; readonly id?: string }>(
  items: readonly T[],
  placeOf: (item: T) => Place,
  at: string,
  use: NameUse,
): readonly Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const item of items) {
    const fault = nameFault(item.name, use);
    const isTwice = seen.has(item.name);
    seen.add(item.name);
    if (fault === undefined && !isTwice) continue;
    const subject = `${at}.${item.id ?? quoted(item.name)}.name`;
    const got = quoted(item.name);
    if (fault === undefined) {
      const words = { expected: 'each name once', got: `${got} a second time`, fix: 'Rename one of them.' };
      problems.push(problem('name/duplicate', placeOf(item), subject, words));
    } else problems.push(problem('name/invalid', placeOf(item), subject, { expected: fault, got, fix: 'Choose another name.' }));
  }
  return problems;
}

/** The names of Variable types, which become names of classes. */
function findTypeNameProblems(modelClass: ModelClass, at: string): readonly Problem[] {
  return modelClass.probes.flatMap(({ id, at: { node }, variableType }) => {
    const expected = nameFault(variableType, 'type');
    const words = { expected: expected ?? '', got: quoted(variableType), fix: 'Choose another type.' };
    const place = { class: modelClass.id, probe: id, node };
    return expected === undefined ? [] : [problem('name/invalid', place, `${at}.probes.${id}.variableType`, words)];
  });
}

/** Fields that the forward graph needs become attributes, as members are. */
function findFieldClashes(modelClass: ModelClass, at: string): readonly Problem[] {
  const names = new Set(modelClass.fields.map((field) => field.name));
  return modelClass.members
    .filter((member) => names.has(member.name))
    .map((member) => {
      const words = { expected: 'a name that no field has', got: `"${member.name}"`, fix: 'Rename the member or the field.' };
      return problem('name/duplicate', { class: modelClass.id, member: member.id }, `${at}.members.${member.id}.name`, words);
    });
}

/** Members that are nothing in this document. */
function findMemberProblems(document: ModelDocument, modelClass: ModelClass): readonly Problem[] {
  return modelClass.members.flatMap((member) => {
    if (member.aliasOf === undefined && classIdOf(member.type) === undefined) return [];
    const place = { class: modelClass.id, member: member.id };
    const subject = `classes.${modelClass.id}.members.${member.id}`;
    if (member.aliasOf !== undefined) {
      if (graphOf(modelClass).behind(member.id)) return [];
      const words = { expected: 'another member of the class', got: `"${member.aliasOf}"`, fix: 'Remove the alias.' };
      return [problem('alias/nowhere', place, `${subject}.aliasOf`, words)];
    }
    const used = classIdOf(member.type);
    if (used === undefined) return [];
    const usedClass = findClass(document, used);
    if (!usedClass) {
      const words = { expected: 'a class of the document', got: `"${used}"`, fix: 'Remove the member, or choose another type for it.' };
      return [problem('class/unknown', place, `${subject}.type`, words)];
    }
    if (!usesClass(document, used, modelClass.id)) return [];
    const words = {
      expected: `a class that does not contain ${modelClass.name}`,
      got: usedClass.name,
      fix: `Remove ${member.name}: the class would contain itself.`,
    };
    return [problem('class/recursion', place, `${subject}.type`, words)];
  });
}

function findCallProblems(modelClass: ModelClass, at: string): readonly Problem[] {
  const members = new Set(modelClass.members.map((member) => member.id));
  return Object.values(modelClass.nodes).flatMap((node) => {
    if (node.kind !== 'call' || members.has(node.member)) return [];
    const words = { expected: `a member of ${modelClass.name}`, got: `"${node.member}"`, fix: 'Remove the node.' };
    return [problem('member/unknown', { class: modelClass.id, node: node.id }, `${at}.nodes.${node.id}.member`, words)];
  });
}

function findWireProblems(modelClass: ModelClass, at: string): readonly Problem[] {
  const problems: Problem[] = [];
  const graph = graphOf(modelClass);
  const taken = new Set<string>();
  for (const wire of Object.values(modelClass.wires)) {
    const report = (code: string, end: 'from' | 'to', expected: string, got: string) => {
      const subject = `${at}.wires.${wire.id}.${end}`;
      problems.push(
        problem(code, { class: modelClass.id, wire: wire.id, node: wire[end].node }, subject, {
          expected,
          got,
          fix: 'Remove the wire, or lay it anew.',
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
      report('wire/direction', 'to', 'a node with an input port', `the ${target.kind} "${target.id}"`);
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
    const words = { expected: 'a graph without cycles', got: cycle.join(' → '), fix: 'Remove one of its wires.' };
    problems.push(problem('graph/cycle', { class: modelClass.id, node: cycle[0]! }, `${at}.wires`, words));
  }
  return problems;
}

function findProbeProblems(modelClass: ModelClass, at: string): readonly Problem[] {
  return [...findLostProbes(modelClass, at), ...findClashingProbes(modelClass, at)];
}

/** What is captured under the name of a member replaces what is captured inside it. */
function findClashingProbes(modelClass: ModelClass, at: string): readonly Problem[] {
  const names = new Set(modelClass.members.map((member) => member.name));
  return modelClass.probes.flatMap((probe) => {
    if (!names.has(probe.name)) return [];
    const words = { expected: 'a name that no member has', got: `"${probe.name}"`, fix: 'Rename the probe.' };
    const place = { class: modelClass.id, probe: probe.id, node: probe.at.node };
    return [problem('probe/clash', place, `${at}.probes.${probe.id}.name`, words, 'warning')];
  });
}

function findLostProbes(modelClass: ModelClass, at: string): readonly Problem[] {
  return modelClass.probes.flatMap((probe) => {
    const node = findNode(modelClass, probe.at.node);
    if (node && node.kind !== 'output') return [];
    const got = node ? `the output "${probe.at.node}"` : `"${probe.at.node}", which is not there`;
    const words = { expected: 'a port that a value leaves', got, fix: 'Remove the probe.' };
    return [problem('probe/nowhere', { class: modelClass.id, probe: probe.id }, `${at}.probes.${probe.id}.at`, words)];
  });
}
