/**
 * @file A model as one page of HTML: pictures, tables, and the document itself, which opens again from it. It fetches nothing and runs nothing;
 * no text of a document becomes part of its markup.
 */
import type { CostRow, Sizes } from '../../../../core/check/index.ts';
import { documentElement, type ClassId, type ModelDocument } from '../../../../core/document/index.ts';
import type { Picture } from '../../../state/canvas-port.ts';
import { classSection, linkToClass } from './class-section.ts';
import { costSection } from './cost-section.ts';
import { html, Markup, NOTHING } from './markup.ts';
import { PAGE_STYLE } from './style.ts';

export interface Shared {
  readonly document: ModelDocument;
  /** The document as it is saved, with its own data. */
  readonly text: string;
  readonly pictures: ReadonlyMap<ClassId, Picture>;
  readonly costs: readonly CostRow[];
  readonly sizes: Sizes;
}

/** Were a text to slip through, the browser would still run and fetch nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

export function writePage({ document, text, pictures, costs, sizes }: Shared): string {
  const { name, root, classes } = document;
  // The model first, then what it is made of.
  const ordered = Object.values(classes).toSorted((a, b) => Number(b.id === root.class) - Number(a.id === root.class));
  const title = name.trim() === '' ? 'Untitled model' : name;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="Espalier" />
        <title>${title}</title>
        <style>
          ${PAGE_STYLE}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <nav aria-label="Classes">
            <ul>
              ${ordered.map(({ id }) => html`<li>${linkToClass(document, id)}</li>`)}
              ${costs.length === 0 ? NOTHING : html`<li><a href="#parameters">Parameters and cost</a></li>`}
            </ul>
          </nav>
        </header>
        <main>
          ${ordered.map((modelClass) => classSection(document, modelClass, pictures.get(modelClass.id)))} ${costSection(costs, sizes)}
        </main>
        <footer>Made with Espalier. Open this file there, or drop it on its window, to go on with the model.</footer>
        ${new Markup(documentElement(text))}
      </body>
    </html>`;
  return `${page.text}\n`;
}
