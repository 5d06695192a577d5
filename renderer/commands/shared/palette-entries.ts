/** @file What can be added to a graph: layer types and op types of the registry, the document's classes, inputs and outputs. */
import { registry, VARIABLES } from '../../../core/index.ts';
import { typeOfClass, usesClass, type ClassId, type ModelDocument } from '../../../core/document/index.ts';
import { FAMILIES, type Family } from '../../../core/spec/index.ts';
import { scoreText } from '../search.ts';

export interface PaletteEntry {
  /** What a drag carries and `addType` takes. */
  readonly type: string;
  readonly title: string;
  readonly kind: 'layer' | 'op' | 'class' | 'port';
  readonly family: Family | 'class' | 'io';
  readonly doc: string;
  readonly keywords: readonly string[];
}

export interface PaletteGroup {
  readonly id: Family | 'class' | 'io';
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}

const PORTS: readonly PaletteEntry[] = [
  { type: 'input', title: 'Input', doc: 'An argument of the class.', keywords: ['argument', 'placeholder', 'x'] },
  { type: 'output', title: 'Output', doc: 'A value that the class returns.', keywords: ['return', 'result', 'y'] },
  { type: 'constant', title: 'Constant', doc: 'A number, or nested lists of numbers.', keywords: ['number', 'tensor', 'literal'] },
].map((entry) => ({ ...entry, kind: 'port', family: 'io' }));

const TYPES: readonly PaletteEntry[] = [...Object.values(registry), ...Object.values(VARIABLES)].map(
  ({ type, kind, family, doc, keywords = [] }) => ({
    type,
    title: type,
    kind,
    family,
    doc,
    keywords,
  }),
);

const byTitle = (a: PaletteEntry, b: PaletteEntry): number => a.title.localeCompare(b.title, 'en');

/** All groups in the order of the palette; a class that contains the open one is left out, as it would contain itself. */
export function listGroups(document: ModelDocument, openClass: ClassId | undefined): readonly PaletteGroup[] {
  const classes = Object.values(document.classes)
    .filter((each) => openClass === undefined || !usesClass(document, each.id, openClass))
    .map((each): PaletteEntry => {
      const doc = each.doc || 'A class of this model.';
      return { type: typeOfClass(each.id), title: each.name, kind: 'class', family: 'class', doc, keywords: ['class', 'module'] };
    });
  const families = (Object.keys(FAMILIES) as Family[]).map((family): PaletteGroup => {
    const entries = TYPES.filter((entry) => entry.family === family);
    // Layers before ops: a family is looked up for its Modules.
    const sorted = [...entries].sort((a, b) => a.kind.localeCompare(b.kind, 'en') || byTitle(a, b));
    return { id: family, title: FAMILIES[family], entries: sorted };
  });
  const groups: readonly PaletteGroup[] = [
    { id: 'io', title: 'Inputs and outputs', entries: PORTS },
    { id: 'class', title: 'Classes of this model', entries: classes },
    ...families,
  ];
  return groups.filter((group) => group.entries.length > 0);
}

/** The groups as far as they fit a query; with one, the best fit of each group comes first. */
export function searchGroups(groups: readonly PaletteGroup[], query: string): readonly PaletteGroup[] {
  if (query.trim() === '') return groups;
  return groups
    .map((group) => {
      const scored = group.entries.map((entry) => ({ entry, score: scoreEntry(query, entry, group.title) }));
      const found = scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
      return { best: found[0]?.score ?? 0, group: { ...group, entries: found.map(({ entry }) => entry) } };
    })
    .filter(({ best }) => best > 0)
    .sort((a, b) => b.best - a.best)
    .map(({ group }) => group);
}

/** How well a query fits an entry; 0 is not at all. */
export function scoreEntry(query: string, entry: Pick<PaletteEntry, 'title' | 'keywords' | 'doc'>, groupTitle: string): number {
  // The name counts most, then other libraries' names, then what it is about.
  return Math.max(
    4 * scoreText(query, entry.title),
    2 * Math.max(0, ...entry.keywords.map((word) => scoreText(query, word))),
    scoreText(query, `${entry.title} ${entry.keywords.join(' ')} ${groupTitle} ${entry.doc}`) / 2,
  );
}
