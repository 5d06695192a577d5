import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeClass } from '../document/edits/change.ts';
import { moveNodes } from '../document/edits/nodes.ts';
import { setParam } from '../document/edits/params.ts';
import { connect, disconnect } from '../document/edits/wires.ts';
import type { Problem } from '../document/problem.ts';
import type { ModelDocument } from '../document/schema.ts';
import { applyRandomEdits } from '../test/random-edits.ts';
import { EXAMPLES, example } from '../test/examples.ts';
import { chain } from '../test/chain.ts';
import { checkDocument } from './check-document.ts';
import { inferAnew, inferInstance } from './infer.ts';
import type { Instance } from './instance.ts';
import { defaultScope } from './scope.ts';

/** A problem with its fixes by what they say: edits are functions, of which no two are equal. */
function said({ fixes, ...problem }: Problem): unknown {
  return [problem, fixes?.map(({ label }) => label)];
}

/** What an instance says, without the identities that it is remembered by. */
function facts({ nodes, members, outputs, inputFaults }: Instance): unknown {
  const nested = (elements: readonly Instance[]) => [...new Set(elements)].map(facts);
  return {
    nodes: [...nodes].map(([id, { elements, problems, ...rest }]) => [id, rest, problems.map(said), nested(elements)]),
    members: [...members].map(([id, { elements, problems, ...rest }]) => [id, rest, problems.map(said), elements.length, nested(elements)]),
    outputs,
    inputFaults,
  };
}

function expectSameAsAnew(document: ModelDocument): void {
  for (const modelClass of Object.values(document.classes)) {
    const use = { scope: defaultScope(modelClass.fields), inputs: null };
    expect(facts(inferInstance(document, modelClass, use))).toEqual(facts(inferAnew(document, modelClass, use)));
  }
}

describe('inference after an edit', () => {
  it('equals inference from nothing, whatever was edited before', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), (name, choices) => {
        applyRandomEdits(example(name), choices, expectSameAsAnew);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('and all else that is remembered of a class finds the problems of the same document read anew', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), (name, choices) => {
        applyRandomEdits(example(name), choices, (document) => {
          expect(checkDocument(document).problems.map(said)).toEqual(checkDocument(structuredClone(document)).problems.map(said));
        });
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  it('takes over every node that an edit of one parameter does not reach', () => {
    const before = chain(300);
    const root = checkDocument(before).root!;
    const after = checkDocument(setParam(before, 'root', { member: 'm150' }, 'useBias', false)).root!;
    const anew = [...after.nodes].filter(([id, result]) => result !== root.nodes.get(id)).map(([id]) => id);
    // The node, the input, and the one that may see another port of it.
    expect(anew).toEqual(['i', 'c150', 'c151']);
  });

  it('follows a changed length as far as it flows', () => {
    const document = chain(6);
    const changed = setParam(document, 'root', { member: 'm0' }, 'outFeatures', 9);
    expect(checkDocument(document).isSound).toBe(true);
    const check = checkDocument(changed);
    expect(check.problems.map((each) => each.place.node)).toEqual(['c1']);
    expect(checkDocument(setParam(changed, 'root', { member: 'm0' }, 'outFeatures', 8)).problems).toEqual([]);
  });

  it('follows a wire that is cut and laid again', () => {
    const document = chain(6);
    const cut = disconnect(document, 'root', ['w4']);
    expect(checkDocument(cut).problems.map((each) => each.code)).toContain('input/unconnected');
    const [from, to] = [document.classes['root']!.wires['w4']!.from, document.classes['root']!.wires['w4']!.to];
    const again = connect(cut, 'root', from, to);
    expect(checkDocument(again).problems).toEqual([]);
    expectSameAsAnew(again);
  });
});

describe('a document that means the same', () => {
  it('has the same check after a move', () => {
    const document = chain(20);
    expect(checkDocument(moveNodes(document, 'root', { c3: { x: 1, y: 2 } }))).toBe(checkDocument(document));
  });

  it('has the same check with another doc text', () => {
    const document = chain(20);
    const described = changeClass(document, 'root', (modelClass) => ({ ...modelClass, doc: 'A chain.' }));
    expect(checkDocument(described)).toBe(checkDocument(document));
  });
});
