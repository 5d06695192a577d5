/** @file What one part of a line means in a class: the entry that its name finds, with the arguments behind it. */
import type { MaybeSpec } from '../../../core/check/index.ts';
import { bringDocument, type ClassId, type ModelDocument } from '../../../core/document/index.ts';
import type { Services } from '../../state/services.ts';
import { guessEntries } from './guess.ts';
import { listEntries, templateEntries, type QuickEntry } from './entries.ts';
import { readAddition, type ReadAddition } from './read-addition.ts';
import { entryFor, splitPart } from './read-line.ts';

/** What was typed cannot be read: told at the field. */
export class Unreadable extends Error {}

export interface Meaning extends ReadAddition {
  /** With the classes that a template brings along. */
  readonly document: ModelDocument;
  readonly entry: QuickEntry;
}

/** `chosen`: the entry that the part means, where it was chosen from a list; `behind`: what it would be fed. @throws Unreadable with words for the user */
export function meaningOf(
  services: Pick<Services, 'templates'>,
  document: ModelDocument,
  classId: ClassId,
  part: string,
  chosen: QuickEntry | undefined,
  behind?: MaybeSpec,
): Meaning {
  const templates = services.templates.getState().all;
  const entries = listEntries(document, document.classes[classId]!, templateEntries(templates));
  const { query, words } = splitPart(part, entries);
  const found = chosen ?? entryFor(query, entries, () => true);
  if (!found) {
    const guesses = guessEntries(entries, query).map(({ title }) => title);
    const next =
      guesses.length === 0 ? 'Write fewer letters, or another library’s name.' : `Did you mean ${guesses.slice(0, 3).join(' or ')}?`;
    throw new Unreadable(`Expected a layer, an op, a class or a member, got "${query}". ${next}`);
  }
  // The classes of a template come along; what is meant is its root.
  const template = found.kind === 'template' ? templates.find(({ key }) => found.type === `template:${key}`) : undefined;
  const brought = template && bringDocument(document, template.document, classId);
  const [entry, changed] = brought ? [{ ...found, kind: 'class' as const, type: brought.type }, brought.document] : [found, document];
  const reading = readAddition(changed, changed.classes[classId]!, entry, words, behind);
  if (!reading.ok) throw new Unreadable(reading.message);
  return { ...reading, document: changed, entry };
}
