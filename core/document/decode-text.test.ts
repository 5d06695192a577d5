import { describe, expect, it } from 'vitest';
import { decode, decodeText } from './decode-text.ts';

const TEXT = 'Größe;Preis (€)\n1,5;"ünï – 😀"\n';
const utf16 = (text: string, isBig: boolean): Uint8Array =>
  Uint8Array.from(
    [...`\ufeff${text}`]
      .join('')
      .split('')
      .flatMap((unit) => {
        const code = unit.charCodeAt(0);
        return isBig ? [code >> 8, code & 255] : [code & 255, code >> 8];
      }),
  );

describe('the text of a file (T6, T7)', () => {
  it.each([
    ['UTF-8', 'utf-8', new TextEncoder().encode(TEXT)],
    ['UTF-8 with a mark', 'utf-8', new TextEncoder().encode(`\ufeff${TEXT}`)],
    ['UTF-16, low bytes first', 'utf-16', utf16(TEXT, false)],
    ['UTF-16, high bytes first', 'utf-16', utf16(TEXT, true)],
    ['UTF-16 without a mark, low bytes first', 'utf-16-le', utf16(TEXT, false).subarray(2)],
    ['UTF-16 without a mark, high bytes first', 'utf-16-be', utf16(TEXT, true).subarray(2)],
  ])('is read from %s, which is told', (_, encoding, bytes) => {
    expect(decode(bytes)).toEqual({ text: TEXT, encoding });
  });

  it('is read from Windows-1252', () => {
    expect(decode(Uint8Array.of(0x47, 0x72, 0xf6, 0xdf, 0x65))).toEqual({ text: 'Größe', encoding: 'cp1252' });
    expect(decodeText(Uint8Array.of(0x80, 0x8a, 0x93, 0x96, 0x9f, 0xa0, 0xff))).toBe('€Š“–Ÿ\u00a0ÿ');
    // Five bytes stand for no sign: they stay as they are, and nothing is lost.
    expect(decodeText(Uint8Array.of(0x41, 0x81, 0x8d, 0x8f, 0x90, 0x9d))).toBe('A\u0081\u008d\u008f\u0090\u009d');
  });

  it('is read from long files, and from none', () => {
    const long = 'ä'.repeat(20_001);
    expect(decodeText(Uint8Array.from({ length: 20_001 }, () => 0xe4))).toBe(long);
    expect(decodeText(new Uint8Array())).toBe('');
  });
});
