/** @file Edits over random models: what they promise whatever the document. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replaceNodes } from '../../check/replace-nodes.ts';
import { validDocument } from '../../test/valid-documents.ts';
import type { ModelDocument } from '../schema.ts';
import { findStructureProblems } from '../structure.ts';
import { duplicateNodes } from './clipboard.ts';
import { EditError } from './edit-error.ts';
import { groupIntoClass } from './group.ts';
import { removeMember } from './members.ts';
import { removeNodes } from './nodes.ts';
import { ungroup } from './ungroup.ts';
import { bridgeNodes, connect, disconnect } from './wires.ts';

const RUNS = { seed: 11, numRuns: 60 };
const numbers = fc.array(fc.nat(99), { minLength: 1, maxLength: 5 });

function pick<T>(items: readonly T[], which: readonly number[]): readonly T[] {
  return items.length === 0 ? [] : [...new Set(which.map((number) => items[number % items.length]!))];
}

const nodesOf = (document: ModelDocument) => Object.keys(document.classes['c1']!.nodes);
const innerOf = (document: ModelDocument) =>
  Object.values(document.classes['c1']!.nodes).filter((node) => node.kind !== 'input' && node.kind !== 'output');

/** The document after an edit, or the same where the edit refuses in words. */
function tried(document: ModelDocument, edit: (document: ModelDocument) => ModelDocument): ModelDocument {
  try {
    return edit(document);
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    expect(error.expected && error.got && error.fix).toBeTruthy();
    return document;
  }
}

describe('whatever the model,', () => {
  const edits: Readonly<Record<string, (document: ModelDocument, which: readonly number[]) => ModelDocument>> = {
    removeNodes: (document, which) => removeNodes(document, 'c1', pick(nodesOf(document), which)),
    bridgeNodes: (document, which) =>
      bridgeNodes(
        document,
        'c1',
        pick(innerOf(document), which).map((node) => node.id),
      ),
    replaceByLayer: (document, which) =>
      replaceNodes(
        document,
        'c1',
        pick(innerOf(document), which).map((node) => node.id),
        { addition: { kind: 'layer', type: 'Conv', args: {} } },
      ).document,
    replaceByOp: (document, which) =>
      replaceNodes(
        document,
        'c1',
        pick(innerOf(document), which).map((node) => node.id),
        { addition: { kind: 'op', op: 'add', args: {} } },
      ).document,
    removeMember: (document, which) =>
      pick(document.classes['c1']!.members, which.slice(0, 1)).reduce((each, member) => removeMember(each, 'c1', member.id), document),
    disconnect: (document, which) => disconnect(document, 'c1', pick(Object.keys(document.classes['c1']!.wires), which)),
    duplicateNodes: (document, which) => duplicateNodes(document, 'c1', pick(nodesOf(document), which)).document,
    groupIntoClass: (document, which) =>
      groupIntoClass(
        document,
        'c1',
        pick(innerOf(document), which).map((node) => node.id),
      ).document,
    ungroup: (document, which) =>
      pick(
        innerOf(document).filter(({ kind }) => kind === 'call'),
        which,
      ).reduce((each, { id }) => tried(each, (before) => ungroup(before, 'c1', id).document), document),
    connect: (document, [a = 0, b = 0]) => {
      const nodes = nodesOf(document);
      return connect(document, 'c1', { node: nodes[a % nodes.length]!, port: 'y' }, { node: nodes[b % nodes.length]!, port: 'x' });
    },
  };

  it.each(Object.keys(edits))('%s leaves no wire, probe or call that leads nowhere', (name) => {
    fc.assert(
      fc.property(validDocument, numbers, (document, which) => {
        const frozen = JSON.stringify(document);
        const edited = tried(document, (each) => edits[name]!(each, which));
        const codes = findStructureProblems(edited).filter(
          (each) => each.severity === 'error' && !(name === 'connect' && each.code === 'wire/nowhere'),
        );
        expect(codes).toEqual([]);
        expect(JSON.stringify(document)).toBe(frozen);
      }),
      RUNS,
    );
  });
});
