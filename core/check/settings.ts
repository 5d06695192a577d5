/** @file Whether settings and views find what they set: Flax raises an error where they do not. */
import { moveSetting, removeSetting } from '../document/edits/settings.ts';
import { removeView } from '../document/edits/views.ts';
import { problem, type Fix, type Place, type Problem } from '../document/problem.ts';
import { isSamePath } from '../document/find.ts';
import type { AttributeValue, PathFilter, ModelDocument, Setting } from '../document/schema.ts';
import { writeQuery } from '../document/query/write.ts';
import { filterByPath } from '../document/references.ts';
import { isModeName } from '../nnx/modes.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { PlannedModule } from './tree.ts';

/**
 * Whether a filter selects a planned Module. A type counts as itself only, and nothing planned has a tag: what may be a subtype
 * (LoRALinear of Linear) or made of Modules is opaque, and nobody asks where there is such a Module.
 */
export function matchesPlan(filter: PathFilter, module: Pick<PlannedModule, 'path' | 'type'>): boolean {
  switch (filter.kind) {
    case 'everything':
      return true;
    case 'nothing':
    case 'tag':
      return false;
    case 'type':
      return filter.type === 'Module' || filter.type === module.type;
    case 'path':
      return filter.exact
        ? module.path.includes(filter.contains)
        : module.path.some((part) => String(part).includes(String(filter.contains)));
    case 'pathIn':
      return filter.paths.some((path) => isSamePath(path, module.path));
    case 'any':
      return filter.of.some((each) => matchesPlan(each, module));
    case 'all':
      return filter.of.every((each) => matchesPlan(each, module));
    case 'not':
      return !matchesPlan(filter.of, module);
  }
}

/** Problems of all settings and views against the Modules that will be there. */
export function findSettingProblems(document: ModelDocument, modules: readonly PlannedModule[]): readonly Problem[] {
  const settings = document.settings.flatMap((setting, i) => {
    if (setting.kind !== 'set') return [];
    const found = checkAttributes(
      document,
      modules,
      filterByPath(document, setting.only),
      setting.attributes,
      { setting: setting.id },
      'setAttributes',
    );
    return [...found, ...findOverridden(setting, document.settings.slice(i + 1))];
  });
  const views = document.views.flatMap((view) =>
    checkAttributes(document, modules, filterByPath(document, view.only), view.attributes, { view: view.id }, `view ${view.name}`),
  );
  return [...settings, ...views];
}

function checkAttributes(
  document: ModelDocument,
  modules: readonly PlannedModule[],
  only: PathFilter,
  attributes: Readonly<Record<string, AttributeValue>>,
  place: Place,
  subject: string,
): readonly Problem[] {
  const unknown = typesIn(only).filter((type) => !isKnownType(document, type));
  if (unknown.length > 0) {
    const words = {
      expected: 'types of layers or of classes of the document',
      got: unknown.map((type) => `"${type}"`).join(', '),
      fix: 'Change the filter.',
      fixes: removal(place),
    };
    return [problem('filter/unknown-type', place, subject, words)];
  }
  // Tags, and the Modules inside some layers, are known only on live Modules: there Flax's own error says it.
  if (holdsTag(only) || modules.some((module) => module.isOpaque)) return [];
  const selected = modules.filter((module) => matchesPlan(only, module));
  const missing = Object.keys(attributes).filter((name) => !selected.some((module) => module.attributes.includes(name)));
  if (missing.length === 0) return [];
  const expected = `a Module with ${missing.join(' and ')} among those that ${writeQuery(only)} selects`;
  const words = { expected, got: `${selected.length} Modules without`, fix: 'Change the filter or the attribute, or remove the setting.' };
  const fixes = removal(place);
  return [problem('setting/no-match', place, subject, { ...words, fixes })];
}

function removal({ setting, view }: Place): readonly Fix[] {
  if (setting !== undefined) return [{ label: 'Remove the setting', edit: (model) => removeSetting(model, setting) }];
  return view === undefined ? [] : [{ label: 'Remove the view', edit: (model) => removeView(model, view) }];
}

function isKnownType(document: ModelDocument, type: string): boolean {
  if (type === 'Module' || type === 'List') return true;
  return findDescriptor(type)?.kind === 'layer' || Object.values(document.classes).some((modelClass) => modelClass.name === type);
}

function typesIn(filter: PathFilter): readonly string[] {
  if (filter.kind === 'type') return [filter.type];
  if (filter.kind === 'any' || filter.kind === 'all') return filter.of.flatMap(typesIn);
  return filter.kind === 'not' ? typesIn(filter.of) : [];
}

function holdsTag(filter: PathFilter): boolean {
  if (filter.kind === 'any' || filter.kind === 'all') return filter.of.some(holdsTag);
  return filter.kind === 'not' ? holdsTag(filter.of) : filter.kind === 'tag';
}

/** A `setAttributes` of nothing but modes has no effect before a `train` or `eval`, which sets the modes of every Module. */
function findOverridden(setting: Extract<Setting, { kind: 'set' }>, later: readonly Setting[]): readonly Problem[] {
  const flip = later.find((each) => each.kind !== 'set');
  const names = Object.keys(setting.attributes);
  if (!flip || names.length === 0 || !names.every(isModeName)) return [];
  const words = {
    expected: 'a setting that lasts',
    got: `a later ${flip.kind}() that sets ${names.join(' and ')} everywhere`,
    fix: 'Move it to the end, or remove it.',
    fixes: [
      { label: 'Move it to the end', edit: (model: ModelDocument) => moveSetting(model, setting.id, Infinity) },
      { label: 'Remove the setting', edit: (model: ModelDocument) => removeSetting(model, setting.id) },
    ],
  };
  return [problem('setting/overridden', { setting: setting.id }, 'setAttributes', words, 'warning')];
}
