import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkDocument, costTable, sizesOfBatch } from '../../../../core/check/index.ts';
import { parseDocument, writeDocument, type JsonValue, type ModelDocument } from '../../../../core/document/index.ts';
import { drawClasses } from '../../../panels/canvas/picture/class-pictures.ts';
import { anchorOf } from './class-section.ts';
import { html } from './markup.ts';
import { writePage } from './page.ts';

function read(text: string): ModelDocument {
  const result = parseDocument(text);
  if (!result.ok) throw new Error(JSON.stringify(result.refusals));
  return result.document;
}

const asset = (name: string): ModelDocument => read(readFileSync(new URL(`../../../../assets/${name}`, import.meta.url), 'utf8'));

function pageOf(document: ModelDocument): string {
  const check = checkDocument(document);
  const sizes = sizesOfBatch(document.run.batchSize);
  return writePage({
    document,
    text: writeDocument(document),
    pictures: drawClasses({ document, check, direction: 'right', linkTo: (used) => `#${anchorOf(document, used)}` }),
    costs: check.root ? costTable(check.root, sizes) : [],
    sizes,
  });
}

it('shows every class with its uses as links, every note and every Module, and opens again as the same document', () => {
  const document = asset('templates/transformer-encoder.espalier');
  const page = pageOf(document);
  for (const { id, name } of Object.values(document.classes)) {
    expect(page).toContain(`<section id="${anchorOf(document, id)}"`);
    expect(page).toContain(`aria-label="Graph of ${name}"`);
  }
  const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
  expect(links.length).toBeGreaterThan(4);
  for (const href of links) expect(page).toContain(`id="${href.slice(1)}"`);
  expect(page).toMatch(/<svg[^>]*>(?:(?!<\/svg>).)*<a href="#class-\d"/);
  expect(page).toContain('(batch, ');
  expect(read(page)).toEqual(document);
});

const HOSTILE = `</title></style></script><hostile onload="x">&'"]]>--><svg onload=x>`;

/** The same document with every text that a person could have typed grown by a hostile one; keys, ids and words of the schema stay. */
function poisoned(value: JsonValue, key = ''): JsonValue {
  if (typeof value === 'string')
    return ['name', 'doc', 'text', 'title', 'default', 'variableType'].includes(key) ? `${value}${HOSTILE}` : value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((each) => poisoned(each, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([each, inner]) => [each, poisoned(inner as JsonValue, each)]));
}

it('makes no markup of any text of a document', () => {
  for (const name of ['templates/transformer-encoder.espalier', 'templates/vae.espalier', 'examples/digits.espalier']) {
    const document = read(JSON.stringify(poisoned(JSON.parse(writeDocument(asset(name))) as JsonValue)));
    const page = pageOf(document);
    expect(page).toContain('&lt;hostile');
    expect(page).not.toMatch(/<hostile|<svg onload|<\/title><\/style>/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<\/title>/g)).toHaveLength(1);
    expect(page).not.toMatch(/(src|href)="(?!#)/);
    expect(read(page)).toEqual(document);
  }
});

it('escapes what is put in, and leaves what was made', () => {
  expect(html`<p title="${`"'`}">${'<b>'}${[html`<i>${1}</i>`]}</p>`.text).toBe('<p title="&quot;&#39;">&lt;b&gt;<i>1</i></p>');
});
