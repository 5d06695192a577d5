/** @file What the quick-add field offers: types, classes, members to call again, and words that add what is no type. What fits comes first. */
import { likelihood, typeTakes, usesOf } from '../../../core/check/index.ts';
import { findDescriptor } from '../../../core/index.ts';
import { typeOfClass, type Member, type ModelClass, type ModelDocument } from '../../../core/document/index.ts';
import type { Template } from '../../state/templates.ts';
import type { TensorSpec } from '../../../core/spec/index.ts';
import { listGroups, scoreEntry, type PaletteEntry } from '../shared/palette-entries.ts';

export interface QuickEntry extends Omit<PaletteEntry, 'kind' | 'family'> {
  readonly kind: PaletteEntry['kind'] | 'member' | 'word' | 'template';
  readonly family: PaletteEntry['family'] | 'none';
  /** Said behind the title. */
  readonly hint: string;
  /** Arguments that it comes with, as they would be typed. */
  readonly given?: readonly string[];
}

const WORDS: readonly QuickEntry[] = [
  {
    title: 'class',
    hint: 'Block name=value',
    doc: 'A new class, called at once; what it is given become its fields.',
    keywords: ['new class', 'module', 'block'],
  },
  {
    title: 'field',
    hint: 'width 64',
    doc: 'A field of this class, for expressions.',
    keywords: ['parameter', 'hyperparameter', 'argument', 'width'],
  },
].map((word) => ({ ...word, type: word.title, kind: 'word', family: 'none' }));

/** What other libraries call a whole layer is here a cell that a layer runs over the sequence. */
const SEQUENCES: readonly QuickEntry[] = (
  [
    ['GRU', 'RNN', 'GRUCell'],
    ['LSTM', 'RNN', 'LSTMCell'],
    ['BiGRU', 'Bidirectional', 'GRUCell'],
    ['BiLSTM', 'Bidirectional', 'LSTMCell'],
  ] as const
).map(([title, type, cell]) => ({
  type,
  title,
  kind: 'layer',
  family: 'recurrent',
  hint: `${type} of a ${cell}`,
  doc: findDescriptor(type)!.doc,
  keywords: [`nn.${title}`],
  given: [`cell=${cell}`],
}));

/** What the first arguments are called: `outFeatures`, for those who do not know. */
function hintOf(entry: PaletteEntry, document: ModelDocument): string {
  if (entry.type === 'input') return 'x batch,64';
  if (entry.type === 'output') return 'y';
  if (entry.type === 'constant') return '2';
  const params = findDescriptor(entry.type)?.params;
  if (params) return positionalOf(params).slice(0, 3).join(' ');
  return (Object.values(document.classes).find(({ id }) => typeOfClass(id) === entry.type)?.fields ?? []).map(({ name }) => name).join(' ');
}

/** The parameters that values without a name are for: neither those that follow from the wires nor the seldom changed. */
export function positionalOf(
  params: Readonly<Record<string, { readonly from?: unknown; readonly advanced?: boolean; readonly mode?: boolean }>>,
): readonly string[] {
  return Object.entries(params)
    .filter(([name, spec]) => spec.from === undefined && spec.advanced !== true && spec.mode !== true && name !== 'inputs')
    .map(([name]) => name);
}

/** What can be done with a member; `use` is what stands behind its name in code. */
function memberEntry(member: Member, use: string, words: Pick<QuickEntry, 'hint' | 'doc' | 'keywords'>): QuickEntry {
  return { type: `member:${member.id}${use}`, title: `${member.name}${use.replace('()', '')}`, kind: 'member', family: 'none', ...words };
}

/** Templates and the user's own blocks under the names of their classes, which come along. */
export function templateEntries(templates: readonly Template[]): readonly QuickEntry[] {
  return templates.map(({ key, title, description, isOwn, document }) => ({
    type: `template:${key}`,
    title: document.classes[document.root.class]!.name,
    kind: 'template',
    family: 'class',
    hint: isOwn ? 'my library' : 'template',
    doc: description,
    keywords: [title, 'template'],
  }));
}

/** All entries for an open class. */
export function listEntries(document: ModelDocument, openClass: ModelClass, templates: readonly QuickEntry[] = []): readonly QuickEntry[] {
  const types = listGroups(document, openClass.id)
    .flatMap((group) => group.entries)
    .map((entry): QuickEntry => ({ ...entry, hint: hintOf(entry, document) }));
  const members = openClass.members
    .filter((member) => member.aliasOf === undefined)
    .flatMap((member): readonly QuickEntry[] => {
      const again = `Calls ${member.name} once more: the same weights.`;
      const { methods, params } = usesOf(openClass, member);
      return [
        memberEntry(member, '', { hint: 'call again', doc: again, keywords: ['shared weights', 'call again'] }),
        ...methods.map((name) => memberEntry(member, `.${name}()`, { hint: 'call', doc: again, keywords: ['tied', 'shared weights'] })),
        ...params.map((name) => {
          const doc = `The ${name} of ${member.name} as a value.`;
          return memberEntry(member, `.${name}`, { hint: 'read', doc, keywords: ['tied', 'shared weights', 'Param', 'Variable'] });
        }),
      ];
    });
  return [...types, ...SEQUENCES, ...WORDS, ...members, ...templates];
}

/**
 * The entries that a text finds, best first; without text those that fit, the likely first. `fits`: whether it can be wired where it would go;
 * `near`: the family of what it is to take the place of. */
export function findEntries(
  entries: readonly QuickEntry[],
  query: string,
  fits: (entry: QuickEntry) => boolean,
  near?: QuickEntry['family'],
): readonly QuickEntry[] {
  const ranked = entries.flatMap((entry) => {
    const score = query === '' ? (isOffered(entry, near) ? 1 : 0) : rank(entry, query);
    const isNear = entry.family === near && (entry.kind === 'layer' || entry.kind === 'op');
    return score > 0 ? [{ entry, score: score * (fits(entry) ? 1.5 : 1) * (isNear ? 2 : 1), likely: likelihood(entry.type) }] : [];
  });
  return ranked.sort((a, b) => b.score - a.score || b.likely - a.likely).map(({ entry }) => entry);
}

/** Unasked: what people use most, and all that is of the kind that is wanted; a layer under its own name alone. */
function isOffered({ type, kind, family, given }: QuickEntry, near: QuickEntry['family'] | undefined): boolean {
  return given === undefined && (likelihood(type) > 0 || kind === 'class' || (family === near && (kind === 'layer' || kind === 'op')));
}

/** A name typed out counts before all others; a member behind a type of its name, for a new one is what people mean. */
function rank(entry: QuickEntry, query: string): number {
  const [title, text] = [entry.title.toLowerCase(), query.toLowerCase()];
  const exact = entry.title === query && entry.kind !== 'member' ? 200 : title === text ? (entry.kind === 'member' ? 90 : 100) : 0;
  const prefix = title.startsWith(text) ? 20 : 0;
  // A type of that name is what people mean before a template of it.
  return (exact + prefix + scoreEntry(query, entry, '')) * (entry.kind === 'template' ? 0.9 : 1);
}

/** Whether a type can be fed with a value; what is no type of the registry always can. */
export function fitTester(spec: TensorSpec | undefined): (entry: QuickEntry) => boolean {
  const known = new Map<string, boolean>();
  return ({ type, kind }) => {
    if (kind !== 'layer' && kind !== 'op') return true;
    let fits = known.get(type);
    if (fits === undefined) known.set(type, (fits = typeTakes(type, spec)));
    return fits;
  };
}
