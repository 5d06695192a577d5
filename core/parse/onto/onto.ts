/**
 * @file What was read from code, put onto the document that the code came from: what the code does not change stays as it is, with its ids,
 * places and notes, and so does what code does not say at all. What did change is told by reading the document's own code, too.
 */
import { checkDocument } from '../../check/check-document.ts';
import { emitFlax } from '../../emit/flax/flax.ts';
import { classIdOf, typeOfClass } from '../../document/find.ts';
import { nextId } from '../../document/ids.ts';
import { dropDeadReferences } from '../../document/edits/references.ts';
import { filterByPath, pathOf, resolvePath } from '../../document/references.ts';
import type { ClassId, FilterSpec, Member, ModelClass, ModelDocument, ModuleRef, Setting, View } from '../../document/schema.ts';
import { readFlax, type FlaxRead } from '../flax/read-flax.ts';
import { matchClasses } from '../../diff/match-members.ts';
import { mergeClass, same } from './merge-class.ts';

/** Both as read from code: `now` the new one, `old` the document's own. */
export function putOnto(base: ModelDocument, now: ModelDocument): ModelDocument {
  const own = ownReading(base);
  // Where the document's own code cannot be read, all is new that is not the same.
  const old = own.ok ? own.document : now;
  if (same(old, now) && own.ok) return base;
  return new Merge(base, old, now).run();
}

const readings = new WeakMap<ModelDocument, FlaxRead>();

/** The document as its own code has it. */
function ownReading(document: ModelDocument): FlaxRead {
  let reading = readings.get(document);
  if (!reading) readings.set(document, (reading = readFlax(emitFlax(document))));
  return reading;
}

class Merge {
  /** What each class of `now` was in `old`, and in the base. */
  private readonly before: ReadonlyMap<ModelClass, ModelClass>;
  private readonly bases = new Map<ClassId, ModelClass>();
  private readonly ids = new Map<ClassId, ClassId>();

  constructor(
    private readonly base: ModelDocument,
    private readonly old: ModelDocument,
    private readonly now: ModelDocument,
  ) {
    this.before = matchClasses(Object.values(old.classes), Object.values(now.classes));
    const byName = new Map(Object.values(base.classes).map((each) => [each.name, each]));
    for (const each of Object.values(old.classes)) if (byName.has(each.name)) this.bases.set(each.id, byName.get(each.name)!);
    const taken = new Set(Object.keys(base.classes));
    for (const each of Object.values(now.classes)) {
      const was = this.baseOf(each);
      const id = was?.id ?? nextId('c', taken);
      taken.add(id);
      this.ids.set(each.id, id);
    }
  }

  run(): ModelDocument {
    const { base, old, now } = this;
    const check = checkDocument(base);
    const written = new Set(Object.values(old.classes).flatMap((each) => this.bases.get(each.id)?.id ?? []));
    const kept = Object.entries(base.classes).filter(([id]) => !written.has(id));
    const ports = new Map<ClassId, ReadonlyMap<string, string>>();
    const merged = Object.values(now.classes).map((each): ModelClass => {
      const was = this.before.get(each);
      const own = this.baseOf(each);
      const id = this.ids.get(each.id)!;
      const result = mergeClass({
        id,
        now: each,
        old: was && own ? was : undefined,
        base: own,
        instance: own && check.instanceAt(own.id),
        typeOf: (type) => this.typeNow(type),
        typeWord: (member, of) => this.typeWord(member, of),
        portsOf: (type) => ports.get(type),
      });
      ports.set(each.id, result.ports);
      return result.class;
    });
    const order = new Map([...new Set([...Object.keys(base.classes), ...merged.map(({ id }) => id)])].map((id, i) => [id, i]));
    const all = [...kept, ...merged.map((each) => [each.id, each] as const)].sort(([a], [b]) => order.get(a)! - order.get(b)!);
    const rootClass = this.ids.get(now.root.class)!;
    const isSameRoot = rootClass === base.root.class && same(this.old.root.args, now.root.args);
    const document: ModelDocument = {
      ...base,
      name: old.name === now.name ? base.name : now.name,
      classes: Object.fromEntries(all),
      root: isSameRoot ? base.root : { class: rootClass, args: now.root.args },
      run: old.run.seed === now.run.seed ? base.run : { ...base.run, seed: now.run.seed },
    };
    const [settings, views] = [this.settings(document), this.views(document)];
    return dropDeadReferences({ ...document, settings, views });
  }

  private baseOf(each: ModelClass): ModelClass | undefined {
    const was = this.before.get(each);
    return was && this.bases.get(was.id);
  }

  private typeNow(type: string): string {
    const id = classIdOf(type);
    return id === undefined ? type : typeOfClass(this.ids.get(id) ?? id);
  }

  /** A type by what the class was called, in whichever of the documents. */
  private typeWord(member: Member, of: ModelClass): string {
    const id = classIdOf(member.type);
    if (id === undefined) return member.type;
    for (const each of Object.values(this.now.classes))
      if (each === of || this.now.classes[of.id] === of) if (each.id === id) return this.before.get(each)?.name ?? each.name;
    for (const document of [this.old, this.base]) if (document.classes[of.id] === of) return document.classes[id]?.name ?? member.type;
    return member.type;
  }

  // What stands behind the classes

  /** As text, by which settings of two documents are compared. */
  private wordsOf(document: ModelDocument, setting: Setting | View): string {
    const only = 'only' in setting ? { only: filterByPath(document, setting.only) } : {};
    return JSON.stringify({ ...setting, ...only, id: '' });
  }

  private settings(document: ModelDocument): readonly Setting[] {
    const { base, old, now } = this;
    return this.kept(base.settings, old.settings, now.settings, 's', document);
  }

  private views(document: ModelDocument): readonly View[] {
    const { base, old, now } = this;
    return this.kept(base.views, old.views, now.views, 'v', document);
  }

  private kept<T extends Setting | View>(
    base: readonly T[],
    old: readonly T[],
    now: readonly T[],
    prefix: string,
    document: ModelDocument,
  ): readonly T[] {
    const words = { old: old.map((each) => this.wordsOf(this.old, each)), now: now.map((each) => this.wordsOf(this.now, each)) };
    // Of what was left out of the code nothing is known there: it stays.
    const isComplete = old.length === base.length;
    if (same(words.old, words.now) || !isComplete)
      return same(words.old, words.now) ? base : now.map((each, i) => this.renewed(each, `${prefix}${i + 1}`, document));
    const open = words.old.map((word, i) => ({ word, item: base[i]! }));
    const taken = new Set(base.map(({ id }) => id));
    return now.map((each, i) => {
      const at = open.findIndex(({ word }) => word === words.now[i]);
      if (at >= 0) return open.splice(at, 1)[0]!.item;
      const id = nextId(prefix, taken);
      taken.add(id);
      return this.renewed(each, id, document);
    });
  }

  private renewed<T extends Setting | View>(item: T, id: string, document: ModelDocument): T {
    return 'only' in item ? { ...item, id, only: this.filterNow(item.only, document) } : { ...item, id };
  }

  private filterNow(filter: FilterSpec, document: ModelDocument): FilterSpec {
    switch (filter.kind) {
      case 'modules': {
        const at = filter.at.map((ref): ModuleRef | undefined => resolvePath(document, pathOf(this.now, ref) ?? []));
        return at.every((ref) => ref !== undefined) ? { kind: 'modules', at } : filterByPath(this.now, filter);
      }
      case 'any':
      case 'all':
        return { ...filter, of: filter.of.map((each) => this.filterNow(each, document)) };
      case 'not':
        return { ...filter, of: this.filterNow(filter.of, document) };
      default:
        return filter;
    }
  }
}
