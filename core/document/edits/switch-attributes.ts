/** @file Switching attributes of single Modules to and fro, as the badges of the canvas do: what is switched back leaves no trace. */
import { findClass, findMember } from '../find.ts';
import { classesAlong } from '../references.ts';
import type { AttributeValue, ModelDocument, ModuleRef } from '../schema.ts';
import { type Attributes, currentMode, setAttributesWhere } from './settings.ts';

/** What `train` and `eval` set on every Module. */
const MODE_NAMES: ReadonlySet<string> = new Set(['deterministic', 'useRunningAverage']);

/**
 * Sets attributes on the Modules that are referred to. What was set so on just these since the last `train` or `eval` goes; nothing takes its place
 * where the Modules then have these values already.
 */
export function switchAttributes(document: ModelDocument, at: readonly ModuleRef[], attributes: Attributes): ModelDocument {
  const left = withoutOwn(document, at, attributes);
  const isThere = at.every((ref) => Object.entries(attributes).every(([name, value]) => settledValue(left, ref, name) === value));
  const next = isThere ? left : setAttributesWhere(left, { kind: 'modules', at }, attributes);
  return JSON.stringify(next.settings) === JSON.stringify(document.settings) ? document : next;
}

function withoutOwn(document: ModelDocument, at: readonly ModuleRef[], attributes: Attributes): ModelDocument {
  const keys = new Set(at.map((ref) => JSON.stringify(ref)));
  const from = document.settings.findLastIndex(({ kind }) => kind !== 'set');
  const settings = document.settings.flatMap((setting, index) => {
    if (index < from || setting.kind !== 'set' || setting.only.kind !== 'modules') return [setting];
    if (!Object.keys(setting.attributes).every((name) => Object.hasOwn(attributes, name))) return [setting];
    const others = setting.only.at.filter((ref) => !keys.has(JSON.stringify(ref)));
    if (others.length === setting.only.at.length) return [setting];
    return others.length === 0 ? [] : [{ ...setting, only: { ...setting.only, at: others } }];
  });
  return { ...document, settings };
}

/** What settings and arguments make of an attribute; undefined where a filter may or may not mean the Module, or nothing is said plainly. */
function settledValue(document: ModelDocument, ref: ModuleRef, name: string): AttributeValue | undefined {
  for (const setting of document.settings.toReversed()) {
    if (setting.kind !== 'set') {
      if (MODE_NAMES.has(name)) return currentMode(document) === 'eval';
    } else if (Object.hasOwn(setting.attributes, name)) {
      if (setting.only.kind !== 'modules') return undefined;
      if (setting.only.at.some((each) => JSON.stringify(each) === JSON.stringify(ref))) return setting.attributes[name];
    }
  }
  return constructedValue(document, ref, name);
}

/** Modes are off where the constructor is given nothing else. */
function constructedValue(document: ModelDocument, ref: ModuleRef, name: string): AttributeValue | undefined {
  const index = ref.findLastIndex((part) => typeof part !== 'number');
  const id = ref[index];
  const classId = classesAlong(document, ref)[index];
  const modelClass = classId === undefined ? undefined : findClass(document, classId);
  const member = typeof id === 'string' && modelClass ? findMember(modelClass, id) : undefined;
  const value = member ? (member.args[name] ?? false) : undefined;
  return typeof value === 'boolean' ? value : undefined;
}
