import { expect, it } from 'vitest';
import { element, escapeXml, shorten, words, wrap } from './svg.ts';

it('writes what XML can hold', () => {
  expect(escapeXml('a < b & "c"\u0001')).toBe('a &lt; b &amp; &quot;c&quot;');
  expect(element('g', { id: '"' }, [words('<x>', { x: 1 })])).toBe('<g id="&quot;"><text x="1">&lt;x&gt;</text></g>');
});

it('keeps both ends of a text that is too long', () => {
  expect(shorten('short', 10, 100)).toBe('short');
  expect(shorten('encoder_block_with_a_long_name_17', 10, 72)).toBe('encode…me_17');
});

it('breaks lines between words, and leaves out what has no room', () => {
  expect(wrap('one two three', 10, 48, 100)).toEqual(['one two', 'three']);
  expect(wrap('a\nb\nc', 10, 48, 30)).toEqual(['a', 'b']);
});
