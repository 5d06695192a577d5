/**
 * @file Text to document. What cannot be a document is refused, with the place in the text; what is one opens, even with a wire to
 * nowhere or an unknown layer in it, and those are problems to show.
 */
import * as v from 'valibot';
import { extractAssets, takeAssets, type AssetTexts } from './assets.ts';
import { documentFormat } from './format.ts';
import { parseJson } from './json.ts';
import { migrate } from './migrate.ts';
import { documentInPage, isPage } from './page.ts';
import { withoutPlain } from './plain.ts';
import { refusal, type Problem, type Refusal } from './problem.ts';
import { withinReach } from './reach.ts';
import { FORMAT, VERSION, type JsonValue, type ModelDocument } from './schema.ts';
import { findStructureProblems } from './structure.ts';

export type ParseResult =
  | {
      readonly ok: true;
      readonly document: ModelDocument;
      readonly problems: readonly Problem[];
      /** Data that lay inside, as in files of version 1: the document names them now. */
      readonly assets: AssetTexts;
      /** What was mended on the way in, as sentences for the user. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** Characters of the largest text that is read; a document with a data set inside has a few million. */
export const MAX_CHARACTERS = 64_000_000;
const MAX_REFUSALS = 20;

/** Reads a document, of this version or an older one, also from within a page that is shared. Never throws. */
export function parseDocument(text: string): ParseResult {
  if (text.length > MAX_CHARACTERS) {
    const got = `${text.length}`;
    return refuse(refusal('size', 'the file', `at most ${MAX_CHARACTERS} characters`, got, 'Keep the data in a file of its own.'));
  }
  const inside = isPage(text) ? documentInPage(text) : text;
  if (inside === undefined) {
    const fix = 'Open a page that “Share as One Page” saved, or a document (.espalier).';
    return refuse(refusal('format', 'the page', 'a document of Espalier inside it', 'a page without one', fix));
  }
  const parsed = parseJson(inside);
  if (!parsed.ok) {
    const { line, column, expected, got } = parsed.fault;
    const fix = 'Open a file that Espalier saved, or mend this one in a text editor.';
    return refuse(refusal('json', `line ${line}, column ${column}`, expected, got, fix));
  }
  return readDocument(parsed.value);
}

/** The same from JSON that has been read already, such as what another window put on the clipboard. */
export function readDocument(json: JsonValue): ParseResult {
  const head = checkHead(json);
  if ('refusal' in head) return refuse(head.refusal);
  const { json: bare, assets: beside } = takeAssets(head.json);
  const present = migrate(bare, head.version, VERSION);
  const checked = v.safeParse(documentFormat, withoutPlain(present));
  if (!checked.success) {
    return { ok: false, refusals: checked.issues.slice(0, MAX_REFUSALS).map(toRefusal) };
  }
  // What was checked is handed on itself: the checker's own copy would lack what it does not know.
  const { document, assets } = extractAssets(present as unknown as ModelDocument);
  const clashes = findIdClashes(document);
  if (clashes.length > 0) return { ok: false, refusals: clashes };
  const reached = withinReach(document);
  return { ok: true, ...reached, problems: findStructureProblems(reached.document), assets: { ...beside, ...assets } };
}

function refuse(one: Refusal): ParseResult {
  return { ok: false, refusals: [one] };
}

type Head = { readonly json: Readonly<Record<string, unknown>>; readonly version: number } | { readonly refusal: Refusal };

/** Format and version come first: nothing else can be judged without them. */
function checkHead(json: JsonValue): Head {
  const record = (typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {}) as Readonly<Record<string, JsonValue>>;
  if (record['format'] !== FORMAT) {
    const got = 'format' in record ? JSON.stringify(record['format']) : 'a file without it';
    return { refusal: refusal('format', 'format', `"${FORMAT}"`, got, 'Open a document of Espalier (.espalier).') };
  }
  const version = record['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const got = version === undefined ? 'nothing' : JSON.stringify(version);
    return { refusal: refusal('version', 'version', 'a whole number from 1', got, 'Open a file that Espalier saved.') };
  }
  if (version > VERSION) {
    const fix = 'Open it with a newer Espalier; the file was left as it is.';
    return { refusal: refusal('version', 'version', `at most ${VERSION}, which this program understands`, `${version}`, fix) };
  }
  return { json: record, version };
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Object: 'an object',
  Array: 'a list',
  undefined: 'nothing',
  unknown: 'something else',
};

function toRefusal(issue: v.BaseIssue<unknown>): Refusal {
  const place = v.getDotPath(issue) ?? 'the document';
  // Our own messages are the end of the sentence "expected …"; the checker's begin with "Invalid".
  const expected = issue.message.startsWith('Invalid') ? noun(issue.expected ?? 'something else') : issue.message;
  const got = noun(issue.received);
  // For a key that is missing the checker says its name.
  if (issue.received === 'undefined') return refusal('shape', place, 'a value', got, 'Add it there, or open a file that Espalier saved.');
  return refusal('shape', place, expected, got, 'Mend the file there, or open one that Espalier saved.');
}

function noun(word: string): string {
  return NOUNS[word] ?? word.replaceAll(' | ', ' or ').replace(/^\((.*)\)$/, '$1');
}

/** Records by id whose key and id differ, and lists with one id twice: an edit could not tell which is meant. */
function findIdClashes(document: ModelDocument): readonly Refusal[] {
  const clashes: Refusal[] = [];
  const checkRecord = (at: string, record: Readonly<Record<string, { readonly id: string }>>) => {
    for (const [key, item] of Object.entries(record)) {
      if (item.id !== key)
        clashes.push(refusal('id', `${at}.${key}.id`, `"${key}", as its key`, `"${item.id}"`, 'Make key and id the same.'));
    }
  };
  const checkList = (at: string, list: readonly { readonly id: string }[]) => {
    const seen = new Set<string>();
    for (const [i, { id }] of list.entries()) {
      if (seen.has(id))
        clashes.push(refusal('id', `${at}.${i}.id`, 'each id once', `"${id}" a second time`, 'Give one of them another id.'));
      seen.add(id);
    }
  };
  checkRecord('classes', document.classes);
  for (const [id, modelClass] of Object.entries(document.classes)) {
    checkRecord(`classes.${id}.nodes`, modelClass.nodes);
    checkRecord(`classes.${id}.wires`, modelClass.wires);
    checkList(`classes.${id}.members`, modelClass.members);
    checkList(`classes.${id}.probes`, modelClass.probes);
    checkList(`classes.${id}.annotations`, modelClass.annotations ?? []);
  }
  checkList('settings', document.settings);
  checkList('views', document.views);
  checkList(
    'bookmarks',
    (document.bookmarks ?? []).map(({ key }) => ({ id: String(key) })),
  );
  return clashes;
}
