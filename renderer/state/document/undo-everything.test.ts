import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EditError, parseDocument, writeDocument } from '../../../core/document/index.ts';
import { applyRandomEdits } from '../../../core/test/random-edits.ts';
import { createDocumentStore } from './store.ts';

const EXAMPLES = ['digits', 'block', 'model'].flatMap((name) => {
  const file = new URL(`../../../assets/examples/${name}.espalier`, import.meta.url);
  const parsed = parseDocument(readFileSync(file, 'utf8'));
  return parsed.ok ? [parsed.document] : [];
});

it('any sequence of edits is taken back to the identical document, step by step, and done again', () => {
  expect(EXAMPLES.length).toBeGreaterThan(1);
  fc.assert(
    fc.property(fc.constantFrom(...EXAMPLES), fc.array(fc.nat(), { minLength: 1, maxLength: 30 }), (start, choices) => {
      const store = createDocumentStore({ document: start, place: { read: () => undefined, restore: () => undefined } });
      const texts = [writeDocument(start)];
      for (const choice of choices) {
        const { document } = store.getState();
        let edited = document;
        try {
          edited = applyRandomEdits(document, [choice]);
        } catch (error) {
          if (!(error instanceof EditError)) throw error;
        }
        store.edit('Edit', () => edited);
        if (edited !== document) texts.push(writeDocument(edited));
      }
      for (const text of texts.toReversed().slice(1)) {
        expect(store.undo()).toBe(true);
        expect(writeDocument(store.getState().document)).toBe(text);
      }
      expect(store.undo()).toBe(false);
      expect(store.getState().document).toBe(start);
      for (const step of [texts.length - 1, 0, Math.floor(texts.length / 2)]) {
        store.goTo(step);
        expect(writeDocument(store.getState().document)).toBe(texts[step]);
      }
      store.goTo(0);
      for (const text of texts.slice(1)) {
        expect(store.redo()).toBe(true);
        expect(writeDocument(store.getState().document)).toBe(text);
      }
    }),
    { seed: 21, numRuns: 60 },
  );
});
