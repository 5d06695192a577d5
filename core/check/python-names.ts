/** @file Names that meet in Python, or become there what no name may be: `hiddenSize` and `hidden_size` are one attribute in emitted code. */
import { nameFault, type NameUse } from '../document/names.ts';
import { byOutline } from '../document/outline.ts';
import { problem, quoted, type Place, type Problem } from '../document/problem.ts';
import type { ModelDocument } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { toSnakeCase } from '../nnx/names.ts';

interface Named {
  readonly name: string;
  readonly use: NameUse;
  readonly place: Place;
}

/** Problems of names that are right as they are, but not as Python writes them. */
export function findPythonNameProblems(document: ModelDocument): readonly Problem[] {
  const views = document.views.map(({ id, name }): Named => ({ name, use: 'view', place: { view: id } }));
  return [...findMeetings(views), ...Object.values(document.classes).flatMap(findInClass)];
}

const findInClass = byOutline((modelClass): readonly Problem[] => {
  const inClass = { class: modelClass.id };
  const fields = modelClass.fields.map(({ name }): Named => ({ name, use: 'field', place: { ...inClass, field: name } }));
  const members = modelClass.members.map(({ id, name }): Named => ({ name, use: 'member', place: { ...inClass, member: id } }));
  const inputs = graphOf(modelClass).inputs.map(({ id, name }): Named => ({ name, use: 'input', place: { ...inClass, node: id } }));
  const probesOf = (kind: string) =>
    modelClass.probes
      .filter((probe) => probe.kind === kind)
      .map(({ id, name, at }): Named => ({ name, use: 'probe', place: { ...inClass, probe: id, node: at.node } }));
  return [[...fields, ...members], inputs, probesOf('sow'), probesOf('perturb')].flatMap(findMeetings);
});

function findMeetings(group: readonly Named[]): readonly Problem[] {
  const first = new Map<string, string>();
  return group.flatMap(({ name, use, place }) => {
    const python = toSnakeCase(name);
    const before = first.get(python);
    if (before === undefined) first.set(python, name);
    if (before === name || (before === undefined && python === name)) return [];
    // What is wrong with the name itself is said with the structure of the document.
    if (nameFault(name, use) !== undefined) return [];
    const fault = nameFault(python, use);
    const isMet = before !== undefined;
    if (!isMet && fault === undefined) return [];
    const words = {
      expected: isMet ? `a name that is no other's in Python` : (fault ?? ''),
      got: `${quoted(name)}, which is ${python} there${isMet ? `, as ${quoted(before)} is` : ''}`,
      fix: 'Rename one of them.',
    };
    return [problem('name/python', place, `${use} ${name}`, words)];
  });
}
