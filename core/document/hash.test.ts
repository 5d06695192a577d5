import { expect, it } from 'vitest';
import { setClassDoc } from './edits/classes.ts';
import { addField } from './edits/fields.ts';
import { addMember } from './edits/members.ts';
import { moveNodes } from './edits/nodes.ts';
import { setParam } from './edits/params.ts';
import { setName, setRun } from './edits/run.ts';
import { setMode } from './edits/settings.ts';
import { addView } from './edits/views.ts';
import { hashDocument } from './hash.ts';
import { newDocument } from './new-document.ts';

const document = addField(addMember(newDocument(), 'c1', { type: 'Linear', at: { x: 0, y: 0 } }).document, 'c1', {}).document;

it('stays when only drawing, words, views or the steps to train change', () => {
  const hash = hashDocument(document);
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  const same = [
    moveNodes(document, 'c1', { n3: { x: 99, y: 99 } }),
    setClassDoc(document, 'c1', 'New words.'),
    setName(document, 'Another title'),
    setRun(document, { steps: 9 }),
    addView(document, { name: 'quiet', only: { kind: 'everything' }, attributes: { deterministic: true } }).document,
    structuredClone(document),
  ];
  for (const each of same) {
    expect(each).not.toBe(document);
    expect(hashDocument(each)).toBe(hash);
  }
});

it('changes with everything that is computed', () => {
  const hashes = [
    document,
    setParam(document, 'c1', { member: 'm1' }, 'outFeatures', 3),
    setMode(document, 'eval'),
    setRun(document, { seed: 5 }),
    setRun(document, { batchSize: 3 }),
  ].map(hashDocument);
  expect(new Set(hashes).size).toBe(hashes.length);
});
