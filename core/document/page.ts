/**
 * @file A document inside a web page: what "Share as One Page" saves, and what opens again as the document. In the page it is a block of data,
 * which no browser runs.
 */

const OPEN = '<script type="application/json" id="espalier-document">';
const CLOSE = '</script>';

/** The text of a document as an element of a page. No text within can end it: a `<` lies in strings alone, where JSON may write it otherwise. */
export function documentElement(text: string): string {
  return `${OPEN}\n${text.replaceAll('<', String.raw`\u003c`).trimEnd()}\n${CLOSE}`;
}

/** Whether a text is that of a web page, of whomever. */
export function isPage(text: string): boolean {
  return /^\ufeff?\s*<(!doctype html|html)\b/i.test(text.slice(0, 200));
}

/** The text of the document that a page holds; undefined where there is none. Nothing else of the page is read. */
export function documentInPage(text: string): string | undefined {
  const from = text.indexOf(OPEN);
  if (from === -1) return undefined;
  const end = text.indexOf(CLOSE, from);
  return end === -1 ? undefined : text.slice(from + OPEN.length, end).trim();
}
