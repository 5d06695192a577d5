/** @file What is drawn but does nothing, or could not be written as one class of code. */
import { getClass } from '../document/edits/change.ts';
import { renameClass } from '../document/edits/classes.ts';
import { goodName } from '../document/edits/good-name.ts';
import { addCall, removeMember } from '../document/edits/members.ts';
import { addOutput, removeNodes } from '../document/edits/nodes.ts';
import { freeBelow } from '../document/edits/place.ts';
import { removeProbe } from '../document/edits/probes.ts';
import { byOutline } from '../document/outline.ts';
import { problem, type Fix, type Problem } from '../document/problem.ts';
import type { ModelClass, ModelDocument } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeName } from '../graph/node-name.ts';
import { registry } from '../registry.gen.ts';
import type { PlacedInstance } from './tree.ts';
import { wireIn } from './wire-in.ts';

/** Problems of one class by itself. */
export const findUsageProblems = byOutline((modelClass): readonly Problem[] => [
  ...findOutputProblems(modelClass),
  ...findUnusedMembers(modelClass),
  ...findUnusedNodes(modelClass),
]);

/** Probes in a class that the root does not reach: no run will hear them. */
export function findUnheardProbes(modelClass: ModelClass): readonly Problem[] {
  return modelClass.probes.map((probe) => {
    const words = {
      expected: `a use of ${modelClass.name} below the root`,
      got: 'none',
      fix: `Use ${modelClass.name}, or remove the probe.`,
      fixes: [{ label: 'Remove the probe', edit: (model: ModelDocument) => removeProbe(model, modelClass.id, probe.id) }],
    };
    const place = { class: modelClass.id, probe: probe.id, node: probe.at.node };
    return problem('probe/unused', place, `${probe.kind} ${probe.name}`, words, 'warning');
  });
}

/** Classes that are named as a layer type is: filters and code could not tell them apart. */
export function findTypeClashes(document: ModelDocument): readonly Problem[] {
  return Object.values(document.classes).flatMap((modelClass) => {
    if (!Object.hasOwn(registry, modelClass.name) && modelClass.name !== 'Module') return [];
    const taken = [...Object.keys(registry), ...Object.values(document.classes).map((each) => each.name)];
    const name = goodName(`My${modelClass.name}`, 'class', taken);
    const edit = (model: ModelDocument) => renameClass(model, modelClass.id, name!);
    const fixes = name === undefined ? [] : [{ label: `Rename to ${name}`, edit }];
    const words = { expected: 'a name that no layer has', got: `"${modelClass.name}"`, fix: 'Rename the class.', fixes };
    return [problem('name/clash', { class: modelClass.id }, 'class name', words)];
  });
}

function findOutputProblems(modelClass: ModelClass): readonly Problem[] {
  if (graphOf(modelClass).outputs.length > 0) return [];
  const fixes = [addedOutput(modelClass)];
  const words = { expected: 'at least one output', got: 'none', fix: 'Add an output and wire the result to it.', fixes };
  return [problem('graph/no-output', { class: modelClass.id }, modelClass.name, words)];
}

/** An output behind the one node from which nothing leads on; by itself where there are none or several. */
function addedOutput(modelClass: ModelClass): Fix {
  const { id: classId } = modelClass;
  const graph = graphOf(modelClass);
  const ends = Object.values(modelClass.nodes).filter(({ id }) => graph.outgoing(id).length === 0);
  const end = ends.length === 1 ? ends[0] : undefined;
  return {
    label: end ? `Add an output behind ${nodeName(modelClass, end)}` : 'Add an output',
    edit(model) {
      const at = freeBelow(getClass(model, classId), { x: 0, y: 0 }, new Set());
      const { document, node } = addOutput(model, classId, { at });
      return end ? wireIn(document, classId, node, { behind: [end.id] }).document : document;
    },
  };
}

function findUnusedMembers(modelClass: ModelClass): readonly Problem[] {
  const graph = graphOf(modelClass);
  const unused = modelClass.members.filter((member) => member.aliasOf === undefined && graph.callsOf(member.id).length === 0);
  const words = { expected: 'a call', got: 'none', fix: 'Add a call of it, or remove it.' };
  const at = { x: 0, y: 0 };
  return unused.map(({ id, name }) => {
    const fixes: readonly Fix[] = [
      { label: `Remove ${name}`, edit: (model) => removeMember(model, modelClass.id, id) },
      {
        label: `Call ${name}`,
        edit: (model) => addCall(model, modelClass.id, id, freeBelow(getClass(model, modelClass.id), at, new Set())).document,
      },
    ];
    return problem('member/unused', { class: modelClass.id, member: id }, name, { ...words, fixes }, 'warning');
  });
}

function findUnusedNodes(modelClass: ModelClass): readonly Problem[] {
  const { usefulNodes } = graphOf(modelClass);
  const unused = Object.values(modelClass.nodes).filter((node) => !usefulNodes.has(node.id));
  const words = { expected: 'a wire that leads to an output', got: 'none', fix: 'Wire it on, or remove it.' };
  return unused.map((node) => {
    const name = nodeName(modelClass, node);
    const fixes = [{ label: `Remove ${name}`, edit: (model: ModelDocument) => removeNodes(model, modelClass.id, [node.id]) }];
    return problem('node/unused', { class: modelClass.id, node: node.id }, name, { ...words, fixes }, 'warning');
  });
}

/**
 * Arguments that were inferred differently where a class is used several times: its code holds one value. The live Module could be
 * built, but the emitted class could not be written.
 */
export function findVaryingArguments(uses: readonly PlacedInstance[]): readonly Problem[] {
  const [first, ...others] = uses;
  if (!first || others.length === 0) return [];
  return first.instance.class.members.flatMap((member) => {
    const result = first.instance.members.get(member.id);
    return (result?.inferred ?? []).flatMap((param) => {
      const value = result!.args[param];
      const other = others.find(({ instance }) => {
        const found = instance.members.get(member.id)?.args[param];
        // Where it is not known in one use, that has a problem of its own.
        return found !== undefined && JSON.stringify(found) !== JSON.stringify(value);
      });
      if (!other) return [];
      const got = `${String(value)} and ${String(other.instance.members.get(member.id)?.args[param])}`;
      const words = {
        expected: `one value of ${param} wherever ${first.instance.class.name} is used`,
        got,
        fix: `Add a field to ${first.instance.class.name} and set ${param} to it.`,
      };
      return [problem('param/varies', { class: first.instance.class.id, member: member.id, param }, member.name, words)];
    });
  });
}
