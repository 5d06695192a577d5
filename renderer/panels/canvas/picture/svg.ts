/** @file SVG as text: elements, and words that keep to their room without a page that could measure them. */

type Attributes = Readonly<Record<string, string | number>>;

/** Fit for text and attributes; what XML cannot hold is left out. */
export function escapeXml(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (sign) => signs[sign]!);
}

/** `children` are elements, as text. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  return children.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children.join('')}</${name}>`;
}

/** A line of text. */
export function words(text: string, attributes: Attributes): string {
  return element('text', attributes, [escapeXml(text)]);
}

/** Wider than any letter is on average in the fonts that a reader may have. */
const LETTER = 0.6;

export function widthOf(text: string, size: number): number {
  return [...text].length * size * LETTER;
}

/** A text that fits: of one that is too long both ends stay, since names differ in their ends. */
export function shorten(text: string, size: number, width: number): string {
  const letters = [...text];
  const room = Math.max(3, Math.floor(width / (size * LETTER)));
  if (letters.length <= room) return text;
  const end = Math.floor((room - 1) / 2);
  return `${letters.slice(0, room - 1 - end).join('')}…${letters.slice(letters.length - end).join('')}`;
}

/** The lines of a text in a column, broken between words; those below `height` are left out. */
export function wrap(text: string, size: number, width: number, height: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && widthOf(longer, size) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines.slice(0, Math.max(1, Math.floor(height / (size * 1.4)))).map((line) => shorten(line, size, width));
}
