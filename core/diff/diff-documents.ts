/** @file What differs between two documents: structure, settings and run, each with its place and a sentence. */
import { classIdOf } from '../document/find.ts';
import { filterByPath } from '../document/references.ts';
import { writeQuery } from '../document/query/write.ts';
import type { Member, ModelClass, ModelDocument, Setting, View } from '../document/schema.ts';
import { diffClass } from './diff-class.ts';
import { same, type Difference } from './difference.ts';
import { matchClasses, pairBy } from './match-members.ts';
import { valueWords } from './words.ts';

/** In the order of the document. Documents of one history are compared by ids, others by names and by what stands where. */
export function diffDocuments(before: ModelDocument, after: ModelDocument): readonly Difference[] {
  if (before === after) return [];
  const found: Difference[] = [];
  if (before.name !== after.name)
    found.push({ kind: 'changed', of: 'document', place: {}, message: `The model is called “${after.name}”, not “${before.name}”.` });
  const classes = pairClasses(before, after);
  const nameBefore = new Map([...classes].map(([now, was]) => [now.id, was.name]));
  const typeKey = (member: Member, of: ModelClass): string => {
    const id = classIdOf(member.type);
    if (id === undefined) return member.type;
    return after.classes[of.id] === of ? (nameBefore.get(id) ?? `new ${id}`) : (before.classes[id]?.name ?? id);
  };
  const typeWords = (member: Member, of: ModelClass): string => {
    const id = classIdOf(member.type);
    return id === undefined ? member.type : ((after.classes[of.id] === of ? after : before).classes[id]?.name ?? id);
  };
  for (const each of Object.values(after.classes)) {
    const was = classes.get(each);
    if (!was) found.push({ kind: 'added', of: 'class', place: { class: each.id }, message: `The class ${each.name} is new.` });
    else if (was !== each) found.push(...diffClass({ before: was, after: each, typeKey, typeWords }));
  }
  const kept = new Set(classes.values());
  for (const each of Object.values(before.classes))
    if (!kept.has(each))
      found.push({ kind: 'removed', of: 'class', place: { class: each.id }, message: `The class ${each.name} is gone.` });
  found.push(
    ...diffRoot(before, after, nameBefore),
    ...diffSettings(before, after),
    ...diffViews(before, after),
    ...diffRun(before, after),
  );
  return found;
}

/** Whether a difference changes the model, and not only how it is drawn. */
export function isOfMeaning({ of }: Difference): boolean {
  return of !== 'place' && of !== 'note';
}

function pairClasses(before: ModelDocument, after: ModelDocument): ReadonlyMap<ModelClass, ModelClass> {
  const [was, is] = [Object.values(before.classes), Object.values(after.classes)];
  const members = ({ members: list }: ModelClass) => list.map(({ id, name }) => `${id} ${name}`).join(',');
  const pairs = new Map(pairBy(was, is, [({ name }) => name, (each) => `${each.id} ${members(each)}`]));
  const [openBefore, open] = [was.filter((each) => ![...pairs.values()].includes(each)), is.filter((each) => !pairs.has(each))];
  for (const [now, old] of matchClasses(openBefore, open)) pairs.set(now, old);
  return pairs;
}

function diffRoot(before: ModelDocument, after: ModelDocument, nameBefore: ReadonlyMap<string, string>): readonly Difference[] {
  const [was, is] = [before.classes[before.root.class]?.name, after.classes[after.root.class]?.name];
  const place = { class: after.root.class };
  if (nameBefore.get(after.root.class) !== was)
    return [{ kind: 'changed', of: 'root', place, message: `The model is made of ${is ?? 'nothing'}, not of ${was ?? 'nothing'}.` }];
  const names = new Set([...Object.keys(before.root.args), ...Object.keys(after.root.args)]);
  return [...names].flatMap((name): Difference[] => {
    const [old, now] = [before.root.args[name], after.root.args[name]];
    if (same(old, now)) return [];
    return [
      {
        kind: 'changed',
        of: 'root',
        place: { ...place, field: name },
        message: `The model is made with ${name} ${valueWords(now)} instead of ${valueWords(old)}.`,
      },
    ];
  });
}

function settingWords(document: ModelDocument, setting: Setting): string {
  if (setting.kind !== 'set') return `${setting.kind}()`;
  const attributes = Object.entries(setting.attributes).map(([name, value]) => `${name} ${valueWords(value)}`);
  return `${attributes.join(', ')} for ${writeQuery(filterByPath(document, setting.only))}`;
}

function diffSettings(before: ModelDocument, after: ModelDocument): readonly Difference[] {
  const old = before.settings.map((setting) => settingWords(before, setting));
  const now = after.settings.map((setting) => settingWords(after, setting));
  const open = [...old];
  const added = after.settings.flatMap((setting, i): Difference[] => {
    const at = open.indexOf(now[i]!);
    if (at < 0) return [{ kind: 'added', of: 'setting', place: { setting: setting.id }, message: `The setting ${now[i]!} is new.` }];
    open.splice(at, 1);
    return [];
  });
  const removed = before.settings.flatMap((setting, i): Difference[] => {
    const at = open.indexOf(old[i]!);
    if (at < 0) return [];
    open.splice(at, 1);
    return [{ kind: 'removed', of: 'setting', place: { setting: setting.id }, message: `The setting ${old[i]!} is gone.` }];
  });
  if (added.length + removed.length > 0 || same(old, now)) return [...added, ...removed];
  return [{ kind: 'changed', of: 'setting', place: {}, message: 'The settings stand in another order.' }];
}

function diffViews(before: ModelDocument, after: ModelDocument): readonly Difference[] {
  const words = (document: ModelDocument, { only, attributes }: View) => JSON.stringify([filterByPath(document, only), attributes]);
  const pairs = pairBy<View>(before.views, after.views, [({ name }) => name]);
  const kept = new Set(pairs.values());
  return [
    ...after.views.flatMap((view): Difference[] => {
      const was = pairs.get(view);
      if (!was) return [{ kind: 'added', of: 'view', place: { view: view.id }, message: `The view ${view.name} is new.` }];
      return words(before, was) === words(after, view)
        ? []
        : [{ kind: 'changed', of: 'view', place: { view: view.id }, message: `The view ${view.name} is another.` }];
    }),
    ...before.views
      .filter((view) => !kept.has(view))
      .map((view): Difference => ({ kind: 'removed', of: 'view', place: { view: view.id }, message: `The view ${view.name} is gone.` })),
  ];
}

const RUN_WORDS: Readonly<Record<string, string>> = {
  seed: 'seed',
  source: 'source of data',
  batchSize: 'batch size',
  loss: 'loss',
  optimizer: 'optimiser',
  trained: 'choice of what is trained',
  steps: 'number of steps',
};

function diffRun(before: ModelDocument, after: ModelDocument): readonly Difference[] {
  return Object.entries(RUN_WORDS).flatMap(([key, words]): Difference[] => {
    const [was, is] = [before.run, after.run].map((run) => (run as unknown as Readonly<Record<string, unknown>>)[key]);
    if (same(was, is)) return [];
    const isShort = typeof was !== 'object' && typeof is !== 'object';
    const types = [is, was].map((each) => (each as { type?: string } | undefined)?.type);
    const message = isShort
      ? `The ${words} is ${String(is)} instead of ${String(was)}.`
      : types[0] !== undefined && types[1] !== undefined && types[0] !== types[1]
        ? `The ${words} is ${types[0]} instead of ${types[1]}.`
        : `The ${words} is another.`;
    return [{ kind: 'changed', of: 'run', place: { param: key }, message }];
  });
}
