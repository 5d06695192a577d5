/**
 * @file Settings: the ordered `train`, `eval` and `setAttributes` calls that are replayed after construction. A change appends
 * to the list or merges into its end, so that the list stays as short as the code that an expert would write.
 */
import { nextId } from '../ids.ts';
import type { AttributeValue, FilterSpec, ModelDocument, ModuleRef, Setting } from '../schema.ts';
import { EditError } from './edit-error.ts';

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Appends a `train` or `eval` call. Earlier ones go: each sets the same two attributes on every Module. */
export function setMode(document: ModelDocument, mode: 'train' | 'eval'): ModelDocument {
  const others = document.settings.filter((setting) => setting.kind === 'set');
  const last = document.settings.at(-1);
  const present = document.settings.length - others.length;
  if (last?.kind === mode && present === 1) return document;
  return withSettings(document, [...others, { id: freshId(document), kind: mode }]);
}

/** Sets attributes on the Modules that a filter selects: merges into the last setting if it has the same filter, else appends. */
export function setAttributesWhere(document: ModelDocument, only: FilterSpec, attributes: Attributes): ModelDocument {
  if (Object.keys(attributes).length === 0) return document;
  const last = document.settings.at(-1);
  if (last?.kind === 'set' && JSON.stringify(last.only) === JSON.stringify(only)) {
    return changeSetting(document, last.id, { attributes: { ...last.attributes, ...attributes } });
  }
  if (last?.kind === 'set' && last.only.kind === 'modules' && only.kind === 'modules' && isSame(last.attributes, attributes)) {
    return changeSetting(document, last.id, { only: { kind: 'modules', at: union(last.only.at, only.at) } });
  }
  return withSettings(document, [...document.settings, { id: freshId(document), kind: 'set', only, attributes }]);
}

/** The same attributes on one Module after the other are one call. */
function union(a: readonly ModuleRef[], b: readonly ModuleRef[]): readonly ModuleRef[] {
  return [...new Map([...a, ...b].map((ref) => [JSON.stringify(ref), ref])).values()];
}

function isSame(a: Attributes, b: Attributes): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Changes the filter or the attributes of a `setAttributes` call. */
export function changeSetting(
  document: ModelDocument,
  id: string,
  change: { readonly only?: FilterSpec; readonly attributes?: Attributes },
): ModelDocument {
  const setting = document.settings.find((each) => each.id === id);
  if (setting?.kind !== 'set') throw new EditError('a setting with a filter', `"${id}"`, 'Select a setAttributes call.');
  const changed: Setting = { ...setting, ...change };
  if (JSON.stringify(changed) === JSON.stringify(setting)) return document;
  return withSettings(
    document,
    document.settings.map((each) => (each === setting ? changed : each)),
  );
}

/** Removes a setting; the same document if there is none. */
export function removeSetting(document: ModelDocument, id: string): ModelDocument {
  const settings = document.settings.filter((setting) => setting.id !== id);
  return settings.length === document.settings.length ? document : withSettings(document, settings);
}

/** Puts a setting at another place in the order: later ones win. */
export function moveSetting(document: ModelDocument, id: string, index: number): ModelDocument {
  const setting = document.settings.find((each) => each.id === id);
  if (!setting) throw new EditError('a setting of the document', `"${id}"`, 'Select a setting that exists.');
  const others = document.settings.filter((each) => each !== setting);
  return withSettings(document, others.toSpliced(Math.max(0, Math.min(index, others.length)), 0, setting));
}

/** The mode that the last `train` or `eval` call leaves; layers start in training mode. */
export function currentMode(document: ModelDocument): 'train' | 'eval' {
  const last = document.settings.findLast((setting) => setting.kind !== 'set');
  return last?.kind === 'eval' ? 'eval' : 'train';
}

function withSettings(document: ModelDocument, settings: readonly Setting[]): ModelDocument {
  return { ...document, settings };
}

function freshId(document: ModelDocument): string {
  return nextId(
    's',
    document.settings.map((setting) => setting.id),
  );
}
