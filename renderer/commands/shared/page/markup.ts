/** @file HTML as text in which what is put in is text, never markup, unless it was made here. */

/** What may stand in a page as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | readonly Markup[];

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Fit between tags and within quoted attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign]!);
}

function write(part: Part): string {
  if (part instanceof Markup) return part.text;
  return typeof part === 'object' ? part.map(({ text }) => text).join('') : escapeHtml(String(part));
}

/** `html\`<p>${text}</p>\``: the literal parts are markup, texts and numbers among them are escaped. */
export function html(literal: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(literal.reduce((text, next, i) => text + write(parts[i - 1]!) + next));
}

export const NOTHING = new Markup('');
