/** @file A class in a page: its graph, what it is made of, and what its notes say. */
import {
  annotationsOf,
  classIdOf,
  findClass,
  type Argument,
  type ClassId,
  type Field,
  type Member,
  type ModelClass,
  type ModelDocument,
} from '../../../../core/document/index.ts';
import type { Picture } from '../../../state/canvas-port.ts';
import { writeArgument } from '../argument-text.ts';
import { html, Markup, NOTHING } from './markup.ts';

/** The place of a class in the page: by its number, since an id may be any text. */
export function anchorOf(document: ModelDocument, id: ClassId): string {
  return `class-${Object.keys(document.classes).indexOf(id) + 1}`;
}

export function linkToClass(document: ModelDocument, id: ClassId): Markup {
  const used = findClass(document, id);
  return used ? html`<a href="#${anchorOf(document, id)}">${used.name}</a>` : html`missing class`;
}

export function classSection(document: ModelDocument, modelClass: ModelClass, picture: Picture | undefined): Markup {
  const { id, name, doc, fields, members } = modelClass;
  const anchor = anchorOf(document, id);
  const root = document.root.class === id ? html` <span class="muted">· the model</span>` : NOTHING;
  return html`<section id="${anchor}" aria-labelledby="${anchor}-name">
    <h2 id="${anchor}-name">${name}${root}</h2>
    ${doc.trim() === '' ? NOTHING : html`<p class="doc">${doc}</p>`} ${pictureOf(anchor, name, picture)}
    ${table('Fields', name, ['Name', 'Type', 'Default', 'What it is'], fields.map(fieldRow))}
    ${table(
      'Members',
      name,
      ['Name', 'Type', 'Arguments'],
      members.map((member) => memberRow(document, modelClass, member)),
    )}
    ${notesOf(modelClass)}
  </section>`;
}

function pictureOf(anchor: string, name: string, picture: Picture | undefined): Markup {
  if (!picture) return html`<p class="muted">Nothing is drawn in it.</p>`;
  return html`<div>
    <input class="full" type="checkbox" id="${anchor}-full" /><label class="full-label" for="${anchor}-full"> At full size</label>
    <div class="picture" tabindex="0" role="region" aria-label="Graph of ${name}">${new Markup(picture.svg)}</div>
  </div>`;
}

function fieldRow({ name, type, default: given, doc }: Field): readonly Markup[] {
  return [
    html`<code>${name}</code>`,
    html`${type}`,
    html`<code>${given === undefined ? '' : writeArgument(given)}</code>`,
    html`${doc ?? ''}`,
  ];
}

function memberRow(document: ModelDocument, { members }: ModelClass, { name, type, args, repeat, aliasOf }: Member): readonly Markup[] {
  const times = repeat === undefined ? NOTHING : html` × ${writeArgument(repeat)}`;
  if (aliasOf !== undefined) {
    const other = members.find((member) => member.id === aliasOf);
    return [html`<code>${name}</code>`, html`the same as <code>${other?.name ?? 'a missing member'}</code>`, NOTHING];
  }
  const used = classIdOf(type);
  const shown = Object.entries(args)
    .map(([key, value]: [string, Argument]) => `${key}=${writeArgument(value)}`)
    .join(', ');
  return [
    html`<code>${name}</code>`,
    html`${used === undefined ? type : linkToClass(document, used)}${times}`,
    html`<code>${shown}</code>`,
  ];
}

/** Whole: in the picture a long one is cut. */
function notesOf(modelClass: ModelClass): Markup {
  const texts = annotationsOf(modelClass).flatMap((each) => (each.kind === 'note' && each.text.trim() !== '' ? [each.text] : []));
  if (texts.length === 0) return NOTHING;
  return html`<h3>Notes</h3>
    <ul class="notes">
      ${texts.map((text) => html`<li>${text}</li>`)}
    </ul>`;
}

export function table(
  title: string,
  of: string,
  columns: readonly string[],
  rows: readonly (readonly Markup[])[],
  numbers: readonly number[] = [],
): Markup {
  if (rows.length === 0) return NOTHING;
  const kind = (column: number): string => (numbers.includes(column) ? 'number' : 'text');
  const body = rows.map(
    ([first, ...rest]) =>
      html`<tr>
        <th scope="row">${first ?? NOTHING}</th>
        ${rest.map((cell, i) => html`<td class="${kind(i + 1)}">${cell}</td>`)}
      </tr>`,
  );
  return html`<h3>${title}</h3>
    <div class="table" tabindex="0" role="region" aria-label="${title} of ${of}">
      <table>
        <thead>
          <tr>
            ${columns.map((column, i) => html`<th scope="col" class="${kind(i)}">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>
    </div>`;
}
