/** @file Names that meet in Python, or become there what no name may be: `hiddenSize` and `hidden_size` are one attribute in emitted code. */
import { goodName } from '../document/edits/good-name.ts';
import { renameField } from '../document/edits/fields.ts';
import { renameMember } from '../document/edits/members.ts';
import { renamePort } from '../document/edits/nodes.ts';
import { renameProbe } from '../document/edits/probes.ts';
import { changeView } from '../document/edits/views.ts';
import { nameFault, type NameUse } from '../document/names.ts';
import { byOutline } from '../document/outline.ts';
import { problem, quoted, type Fix, type Place, type Problem } from '../document/problem.ts';
import type { ModelDocument } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { toSnakeCase } from '../nnx/names.ts';

interface Named {
  readonly name: string;
  readonly use: NameUse;
  readonly place: Place;
  readonly rename: (document: ModelDocument, name: string) => ModelDocument;
}

/** Problems of names that are right as they are, but not as Python writes them. */
export function findPythonNameProblems(document: ModelDocument): readonly Problem[] {
  const views = document.views.map(({ id, name }): Named => {
    return { name, use: 'view', place: { view: id }, rename: (model, to) => changeView(model, id, { name: to }) };
  });
  return [...findMeetings(views), ...Object.values(document.classes).flatMap(findInClass)];
}

const findInClass = byOutline((modelClass): readonly Problem[] => {
  const classId = modelClass.id;
  const inClass = { class: classId };
  const fields = modelClass.fields.map(({ name }): Named => {
    return { name, use: 'field', place: { ...inClass, field: name }, rename: (model, to) => renameField(model, classId, name, to) };
  });
  const members = modelClass.members.map(({ id, name }): Named => {
    return { name, use: 'member', place: { ...inClass, member: id }, rename: (model, to) => renameMember(model, classId, id, to) };
  });
  const inputs = graphOf(modelClass).inputs.map(({ id, name }): Named => {
    return { name, use: 'input', place: { ...inClass, node: id }, rename: (model, to) => renamePort(model, classId, id, to) };
  });
  const probesOf = (kind: string) =>
    modelClass.probes
      .filter((probe) => probe.kind === kind)
      .map(({ id, name, at }): Named => {
        const place = { ...inClass, probe: id, node: at.node };
        return { name, use: 'probe', place, rename: (model, to) => renameProbe(model, classId, id, to) };
      });
  return [[...fields, ...members], inputs, probesOf('sow'), probesOf('perturb')].flatMap(findMeetings);
});

function findMeetings(group: readonly Named[]): readonly Problem[] {
  const first = new Map<string, string>();
  return group.flatMap((named) => {
    const { name, use, place } = named;
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
      fixes: renaming(named, group),
    };
    return [problem('name/python', place, `${use} ${name}`, words)];
  });
}

/** To the first name like it that Python knows as no other. */
function renaming({ name, use, rename }: Named, group: readonly Named[]): readonly Fix[] {
  const taken = new Set(group.flatMap((each) => [each.name, toSnakeCase(each.name)]));
  for (let tries = 0; tries < group.length + 2; tries++) {
    const good = goodName(name, use, taken);
    if (good === undefined) return [];
    const python = toSnakeCase(good);
    if (!taken.has(python) && nameFault(python, use) === undefined)
      return [{ label: `Rename to ${good}`, edit: (model) => rename(model, good) }];
    taken.add(good);
  }
  return [];
}
