import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../document/parse.ts';
import type { ModelDocument } from '../document/schema.ts';
import { writeDocument } from '../document/write.ts';
import { emitFlax } from '../emit/flax/flax.ts';
import { oneNodeDocument } from '../fixtures/one-node.ts';
import { graphOf } from '../graph/graph-of.ts';
import { subjects } from '../test/contract/subject.ts';
import { EXAMPLES, example } from '../test/examples.ts';
import { template, TEMPLATES } from '../test/templates.ts';
import { ownParams, tiedAutoencoder, tiedTable } from '../test/tied.ts';
import { untidyDocument } from '../test/untidy-documents.ts';
import { validDocument, withSettings } from '../test/valid-documents.ts';
import { readCode } from './index.ts';

function read(code: string, base?: ModelDocument): ModelDocument {
  const result = readCode(code, base);
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}\n${code}`);
  return result.document;
}

/** As a new document: the same code again, and a file that opens. */
function expectNew(document: ModelDocument): void {
  const code = emitFlax(document);
  const again = read(code);
  expect(emitFlax(again)).toBe(code);
  expectFile(again);
}

function expectFile(again: ModelDocument): void {
  expect(parseDocument(writeDocument(again)).ok).toBe(true);
}

/** On top of the document that it came from: that document, also where the reader is made to put everything together anew. */
function expectSame(document: ModelDocument): void {
  const code = emitFlax(document);
  expect(read(code, document)).toBe(document);
  const more = read(`${code}\nmodel.train()\n`, document);
  expect({ ...more, settings: more.settings.slice(0, -1) }).toEqual(document);
  expect(writeDocument({ ...more, settings: more.settings.slice(0, -1) })).toBe(writeDocument(document));
}

describe('code of a document is that document again', () => {
  it.each([
    ...EXAMPLES.map((name) => [name, () => example(name)] as const),
    ...TEMPLATES.map(({ name }) => [name, () => template(name)] as const),
  ])('%s', (_, make) => {
    const document = make();
    expectNew(document);
    expectSame(document);
  });

  it('for every layer and op, with the arguments of each of its examples', () => {
    for (const subject of subjects) expectNew(oneNodeDocument(subject));
  });

  it('for a sixth of them on top of the document, too', () => {
    for (const [i, subject] of subjects.entries()) if (i % 6 === 0) expectSame(oneNodeDocument(subject));
  });

  it('with shared weights, Variables of its own, and what only code of a sound model shows', () => {
    for (const document of [tiedAutoencoder(), tiedTable('attend'), tiedTable('embedding'), ownParams()]) {
      expectNew(document);
      expectSame(document);
    }
  });

  it('of random models, with settings, probes, lists, second names and nodes that are bypassed', () => {
    for (const made of fc.sample(validDocument, { numRuns: 20, seed: 20261128 })) {
      const document = withSettings(made);
      // Of two outputs with one value code keeps one name.
      const { outputs } = graphOf(document.classes['c1']!);
      const sources = outputs.map(({ id }) => JSON.stringify(graphOf(document.classes['c1']!).wireInto({ node: id, port: 'in' })?.from));
      // Of a node that hands its value on it keeps no more than the name.
      const hasIdentity = Object.values(document.classes).some(({ nodes }) =>
        Object.values(nodes).some((node) => node.kind === 'op' && node.op === 'identity'),
      );
      if (new Set(sources).size === sources.length && !hasIdentity) expectNew(document);
      else expectFile(read(emitFlax(document)));
      expectSame(document);
    }
  });

  it('of an untidy document, of which code leaves out the half: nothing is lost', () => {
    expectSame(untidyDocument(30, { seed: 3 }));
  });
});
