/** @file Search through all classes of a document: names, paths, types, arguments, shapes, fields, probes, notes and frames. */
import type { Check, PlacedInstance } from '../../../core/check/index.ts';
import {
  annotationsOf,
  classIdOf,
  findClass,
  type GraphNode,
  type ModelClass,
  type ModelDocument,
  type NodeId,
  type Path,
  type Steps,
} from '../../../core/document/index.ts';
import { graphOf, groupBy, nodeName } from '../../../core/graph/index.ts';
import { formatShape } from '../../../core/spec/index.ts';
import { formatPath } from '../paths.ts';
import { inSlices } from '../slices.ts';

/** Something that was found: a class itself, or a node or a note in it. */
export interface Found {
  readonly key: string;
  readonly class: string;
  readonly node?: NodeId;
  readonly annotation?: string;
  /** What it is called. */
  readonly name: string;
  /** Its type, arguments and shapes; of a note what it is. */
  readonly detail: string;
  /** The instance of the class that is meant, where it is used at all. */
  readonly instance?: Path;
  /** The path from the root, or the class where it is not used. */
  readonly where: string;
  /** How many uses there are besides. */
  readonly beside: number;
}

interface Entry {
  readonly key: string;
  readonly class: ModelClass;
  readonly node?: NodeId;
  readonly annotation?: string;
  readonly name: string;
  readonly detail: string;
  /** All that it is found by but its places, in small letters. */
  readonly words: string;
  /** The last part of its path; empty for the class itself. */
  readonly tail: string;
}

/** Where a class is used: paths as text, in small letters beside them. */
interface Uses {
  readonly paths: readonly Path[];
  readonly words: readonly string[];
}

export interface FindIndex {
  readonly entries: readonly Entry[];
  readonly uses: ReadonlyMap<string, Uses>;
}

/** Nodes between two pauses. */
const SLICE = 250;
/** Of a class that is used more often, the first are found by their paths. */
const MOST_USES = 1000;

/** What is searched, in steps: a large document is read while the window goes on. */
export function* indexText(document: ModelDocument, check: Check): Steps<FindIndex> {
  const entries: Entry[] = [];
  const uses = new Map<string, Uses>();
  for (const modelClass of Object.values(document.classes)) {
    yield;
    const placed: readonly PlacedInstance[] = check.root ? check.instancesOf(modelClass.id) : [];
    const isUsed = modelClass.id === document.root.class || placed.some(({ path }) => path.length > 0);
    const paths = isUsed ? placed.slice(0, MOST_USES).map(({ path }) => path) : [];
    uses.set(modelClass.id, { paths, words: paths.map((path) => formatPath(path).toLowerCase()) });
    entries.push(entryOfClass(modelClass), ...notesIn(modelClass));
    const probes = groupBy(
      modelClass.probes,
      ({ at }) => at.node,
      ({ name }) => name,
    );
    let count = 0;
    for (const node of Object.values(modelClass.nodes)) {
      if (++count % SLICE === 0) yield;
      entries.push(entryOfNode(document, check, modelClass, node, probes.get(node.id) ?? []));
    }
  }
  return { entries, uses };
}

const KNOWN = new WeakMap<Check, { readonly document: ModelDocument; readonly index: FindIndex }>();

/** The index when it is there, made once for a document. */
export async function findIndex(document: ModelDocument, check: Check): Promise<FindIndex> {
  const known = KNOWN.get(check);
  if (known?.document === document) return known.index;
  const index = await new Promise<FindIndex>((resolve) => inSlices(indexText(document, check), resolve));
  KNOWN.set(check, { document, index });
  return index;
}

/** The matches of a text, those whose name begins with it first; every word must occur. Nothing is found by no text. */
export function findText({ entries, uses }: FindIndex, text: string): readonly Found[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  const ranked: { readonly rank: number; readonly found: Found }[] = [];
  for (const entry of entries) {
    const missing = words.filter((word) => !entry.words.includes(word));
    const place = placeOf(entry, uses.get(entry.class.id), missing);
    if (!place) continue;
    const name = entry.name.toLowerCase();
    const { key, node, annotation, detail } = entry;
    const found = {
      key,
      class: entry.class.id,
      name: entry.name,
      detail,
      ...(node === undefined ? {} : { node }),
      ...(annotation === undefined ? {} : { annotation }),
      ...place,
    };
    ranked.push({ rank: name.startsWith(first) ? 0 : name.includes(first) ? 1 : 2, found });
  }
  return ranked.sort((a, b) => a.rank - b.rank).map(({ found }) => found);
}

/** The first use whose path has all words that the entry itself lacks; undefined where none has. */
function placeOf(
  entry: Entry,
  uses: Uses | undefined,
  missing: readonly string[],
): Pick<Found, 'instance' | 'where' | 'beside'> | undefined {
  const tail = entry.tail === '' ? '' : `.${entry.tail}`;
  const count = uses?.paths.length ?? 0;
  if (!uses || count === 0) return missing.length === 0 ? { where: `${entry.class.name}, not in use`, beside: 0 } : undefined;
  const small = tail.toLowerCase();
  const at = missing.length === 0 ? 0 : uses.words.findIndex((path) => missing.every((word) => `${path}${small}`.includes(word)));
  const instance = uses.paths[at];
  if (!instance) return undefined;
  const path = instance.length === 0 ? entry.tail || entry.class.name : `${formatPath(instance)}${tail}`;
  return { instance, where: path, beside: missing.length === 0 ? count - 1 : 0 };
}

function entryOfClass(modelClass: ModelClass): Entry {
  const { id, name, doc, fields } = modelClass;
  const detail = ['class', fields.map((field) => `${field.name}: ${field.type}`).join(', ')].filter(Boolean).join(' · ');
  return { key: id, class: modelClass, name, detail, words: `${name} ${detail} ${doc}`.toLowerCase(), tail: '' };
}

function entryOfNode(document: ModelDocument, check: Check, modelClass: ModelClass, node: GraphNode, probes: readonly string[]): Entry {
  const member = node.kind === 'call' ? graphOf(modelClass).behind(node.member) : undefined;
  const used = member && classIdOf(member.type);
  const ofMember = member && (used === undefined ? member.type : (findClass(document, used)?.name ?? member.type));
  const type = ofMember ?? (node.kind === 'op' ? node.op : node.kind);
  const args = Object.entries(member?.args ?? (node.kind === 'op' ? node.args : {})).map(([key, value]) => `${key}=${textOf(value)}`);
  const outputs = Object.values(check.instanceAt(modelClass.id)?.nodes.get(node.id)?.outputs ?? {});
  const shapes = outputs.flatMap((spec) => (spec ? [formatShape(spec.shape)] : []));
  const name = nodeName(modelClass, node);
  const detail = [[type, ...args].join(' '), ...shapes].join(' · ');
  const words = [name, detail, modelClass.name, ...probes].join(' ').toLowerCase();
  return { key: `${modelClass.id} ${node.id}`, class: modelClass, node: node.id, name, detail, words, tail: name };
}

function notesIn(modelClass: ModelClass): readonly Entry[] {
  return annotationsOf(modelClass).map((annotation): Entry => {
    const text = annotation.kind === 'note' ? annotation.text : annotation.title;
    const words = `${text} ${annotation.kind}`.toLowerCase();
    const name = text.split('\n')[0] ?? '';
    return {
      key: `${modelClass.id} ${annotation.id}`,
      class: modelClass,
      annotation: annotation.id,
      name,
      detail: annotation.kind,
      words,
      tail: '',
    };
  });
}

function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && '$' in value) return String(value.$);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
