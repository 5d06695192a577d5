/** @file Search through all classes of a document: names, paths, types, arguments, shapes, fields, probes, notes and frames. */
import type { Check } from '../../../core/check/index.ts';
import { annotationsOf, classIdOf, findClass, type ModelClass, type ModelDocument, type NodeId } from '../../../core/document/index.ts';
import { graphOf, nodeName } from '../../../core/graph/index.ts';
import { formatShape } from '../../../core/spec/index.ts';
import { formatPath } from '../paths.ts';
import { findInstance } from './find-instance.ts';

/** Something that was found: a class itself, or a node or a note in it. */
export interface Found {
  readonly key: string;
  readonly class: string;
  readonly node?: NodeId;
  readonly annotation?: string;
  /** What it is called. */
  readonly name: string;
  /** Its type, arguments and shapes; of a note its text. */
  readonly detail: string;
  /** The path from the root, or the class where it is not used. */
  readonly where: string;
}

interface Entry extends Found {
  /** All that it is found by, in small letters. */
  readonly words: string;
}

const known = new WeakMap<ModelDocument, { readonly check: Check; readonly entries: readonly Entry[] }>();

/** The matches of a text, those whose name begins with it first; every word must occur. Nothing is found by no text. */
export function findText(document: ModelDocument, check: Check, text: string): readonly Found[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  const found = entriesOf(document, check).filter((entry) => words.every((word) => entry.words.includes(word)));
  const rank = ({ name }: Entry): number => {
    const small = name.toLowerCase();
    return small.startsWith(first) ? 0 : small.includes(first) ? 1 : 2;
  };
  const ranks = new Map(found.map((entry) => [entry, rank(entry)]));
  return found.sort((a, b) => ranks.get(a)! - ranks.get(b)!);
}

function entriesOf(document: ModelDocument, check: Check): readonly Entry[] {
  const kept = known.get(document);
  if (kept?.check === check) return kept.entries;
  const entries = Object.values(document.classes).flatMap((modelClass) => entriesIn(document, check, modelClass));
  known.set(document, { check, entries });
  return entries;
}

function entriesIn(document: ModelDocument, check: Check, modelClass: ModelClass): readonly Entry[] {
  const { id, name, doc, fields } = modelClass;
  const graph = graphOf(modelClass);
  const instance = check.instanceAt(id);
  const base = findInstance(document, id)?.at(-1)?.instance ?? [];
  const place = base.length === 0 ? name : formatPath(base);
  const entry = (found: Omit<Found, 'class' | 'where'> & { readonly where?: string }, ...more: readonly string[]): Entry => {
    const where = found.where ?? place;
    return { ...found, class: id, where, words: [found.name, found.detail, where, ...more].join(' ').toLowerCase() };
  };
  const declared = fields.map((field) => `${field.name}: ${field.type}`).join(', ');
  const own = entry({ key: id, name, detail: ['class', declared].filter(Boolean).join(' · ') }, doc);
  const nodes = Object.values(modelClass.nodes).map((node) => {
    const member = node.kind === 'call' ? graph.behind(node.member) : undefined;
    const used = member && classIdOf(member.type);
    const type = member
      ? used === undefined
        ? member.type
        : (findClass(document, used)?.name ?? member.type)
      : node.kind === 'op'
        ? node.op
        : node.kind;
    const args = member?.args ?? (node.kind === 'op' ? node.args : {});
    const shapes = Object.values(instance?.nodes.get(node.id)?.outputs ?? {}).flatMap((spec) => (spec ? [formatShape(spec.shape)] : []));
    const title = nodeName(modelClass, node);
    const path = member ? formatPath([...base, member.name]) : `${place} / ${title}`;
    const detail = [type, ...Object.entries(args).map(([key, value]) => `${key}=${textOf(value)}`)].join(' ');
    const probes = modelClass.probes.filter(({ at }) => at.node === node.id).map((probe) => probe.name);
    return entry({ key: `${id} ${node.id}`, node: node.id, name: title, detail: [detail, ...shapes].join(' · '), where: path }, ...probes);
  });
  const notes = annotationsOf(modelClass).map((annotation) => {
    const text = annotation.kind === 'note' ? annotation.text : annotation.title;
    return entry(
      { key: `${id} ${annotation.id}`, annotation: annotation.id, name: text.split('\n')[0] ?? '', detail: annotation.kind },
      text,
    );
  });
  return [own, ...nodes, ...notes];
}

function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && '$' in value) return String(value.$);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
