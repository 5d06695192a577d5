import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERY_PLACE, HOSTILE, MARK, textPlaces, withHostileTexts } from '../test/hostile-documents.ts';
import { emitDocument } from './emit-document.ts';

/** Python source without its string literals and comments, which end where Python ends them. */
function withoutTexts(code: string): string {
  return code.replaceAll(/"""(?:\\[\s\S]|(?!""")[\s\S])*"""|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n\r]*/g, '');
}

function expectHarmless(code: string): void {
  expect(withoutTexts(code)).not.toContain(MARK);
  // oxlint-disable-next-line no-control-regex
  expect(code).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028\u2029]/);
}

const places = textPlaces(JSON.parse(EVERY_PLACE) as never);

describe('a document with hostile texts (X1)', () => {
  it('emits none of them outside literals and comments, wherever one stands alone', () => {
    for (const [place] of places.entries())
      for (const [which] of HOSTILE.entries()) {
        const document = withHostileTexts(EVERY_PLACE, [[place, which]]);
        if (!document) continue; // refused as a document
        const result = emitDocument(document, 'flax');
        if (!result.ok) throw new Error(`${places[place]!.join('.')}: ${result.problem.message}`);
        expectHarmless(result.code);
      }
  });

  it('emits none of them where several stand together', () => {
    const choices = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(choices, (chosen) => {
        const document = withHostileTexts(EVERY_PLACE, chosen);
        fc.pre(document !== undefined);
        const result = emitDocument(document, 'flax');
        expect(result.ok).toBe(true);
        if (result.ok) expectHarmless(result.code);
      }),
      { seed: 8, numRuns: 400 },
    );
  });

  it('is written whole where its texts are harmless', () => {
    const result = emitDocument(withHostileTexts(EVERY_PLACE, [])!, 'flax');
    expect(result.ok && result.code).not.toMatch(/left out|None/);
  });
});
