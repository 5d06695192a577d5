/** @file Whatever a document holds, it is checked, edited, hashed and written without an error of ours. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../build/build-model.ts';
import { hashDocument } from '../document/hash.ts';
import type { ModelDocument } from '../document/schema.ts';
import { emitDocument } from '../emit/emit-document.ts';
import { dispose } from '../nnx/dispose.ts';
import { faultyDocument, START_NAMES } from '../test/faulty-documents.ts';
import { applyRandomEdits } from '../test/random-edits.ts';
import { checkDocument } from './check-document.ts';
import { nodePorts } from './ports.ts';

/** Asks all that the editor asks of a document. */
function look(document: ModelDocument) {
  const check = checkDocument(document);
  expect(check.problems.filter(({ code }) => code.startsWith('internal/'))).toEqual([]);
  for (const { id, nodes } of Object.values(document.classes))
    for (const node of Object.keys(nodes)) {
      nodePorts(document, id, node);
      check.problemsAt(id, [], node);
    }
  return check;
}

const RUNS_OF_A_START = 10;

describe('whatever a document holds', () => {
  it.each(START_NAMES)('it is checked, hashed, written and edited without an error of ours, and built where it is sound: %s', (name) => {
    const which = START_NAMES.indexOf(name);
    const change = fc.tuple(fc.nat(), fc.nat());
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
        (changes, edits) => {
          const document = faultyDocument(which, changes);
          const check = look(document);
          expect(emitDocument(document, 'flax').ok).toBe(true);
          expect(hashDocument(document)).toMatch(/./);
          if (check.isSound && check.parameters < 100_000 && check.modules < 1000) dispose(buildModel(document).model);
          if (document.classes[document.root.class]) applyRandomEdits(document, edits, look);
        },
      ),
      { seed: 21 + which, numRuns: RUNS_OF_A_START },
    );
  });
});
