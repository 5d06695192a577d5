import { expect, it } from 'vitest';
import { newDocument } from './new-document.ts';
import { documentElement, isPage } from './page.ts';
import { parseDocument } from './parse.ts';
import { writeDocument } from './write.ts';

const pageOf = (text: string): string => `<!DOCTYPE html>\n<html><body><p>&lt;script&gt;</p>${documentElement(text)}</body></html>`;

it('opens the document of a page, whatever its texts would be in a page', () => {
  const document = { ...newDocument(), name: '</script><script>alert(1)</script><!-- \u2028 <script type="application/json"' };
  const page = pageOf(writeDocument(document));
  expect(page.match(/<\/?script|<!--/g)).toEqual(['<script', '</script']);
  expect(isPage(page)).toBe(true);
  const read = parseDocument(page);
  expect(read.ok && read.document).toEqual(document);
});

it('refuses a page of others, and one that was cut off', () => {
  for (const page of ['<html><body>Hello</body></html>', pageOf(writeDocument(newDocument())).split('</script>')[0]!]) {
    const read = parseDocument(page);
    expect(read.ok ? [] : read.refusals.map(({ at, expected, got }) => [at, expected, got])).toEqual([
      ['the page', 'a document of Espalier inside it', 'a page without one'],
    ]);
  }
});

it('takes no document for a page', () => {
  expect(isPage(writeDocument({ ...newDocument(), name: '<html>' }))).toBe(false);
});
