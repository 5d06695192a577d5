import { describe, expect, it } from 'vitest';
import type { Diagnosed } from '../../../core/diagnose/index.ts';
import type { Path } from '../../../core/document/index.ts';
import { foundInRun, NOTHING_FOUND } from './found-in-run.ts';

const diagnosed = (severity: Diagnosed['severity'], path: Path, node: string | null): Diagnosed => ({
  code: 'activation/dead',
  severity,
  path,
  node,
  message: severity,
  evidence: {},
  fix: '',
  mends: [],
});
/** Nodes named as Modules call them; `op` calls none. */
const moduleOf = (instance: Path, node: string): Path | null => (node === 'op' ? null : [...instance, node]);

describe('what the diagnoses found', () => {
  it('stands at its node, the worst first, and at the Module that the node calls', () => {
    const found = foundInRun([diagnosed('warning', [], 'dense'), diagnosed('error', [], 'dense')], moduleOf);
    expect(found.atNode([], 'dense', ['dense'])).toEqual({ kind: 'error', texts: ['error', 'warning'] });
    expect(found.atModule(['dense'])?.kind).toBe('error');
    expect(found.atNode([], 'other', ['other'])).toBeUndefined();
    // The same layer called by another node was not at fault there.
    expect(found.atNode([], 'again', ['dense'])).toBeUndefined();
  });

  it('of an op is of the Module whose graph it is in, and lies within whatever holds that', () => {
    const found = foundInRun([{ ...diagnosed('error', ['blocks', 2], 'op'), message: 'dead' }], moduleOf);
    expect(found.atNode(['blocks', 2], 'op', null)?.kind).toBe('error');
    expect(found.atNode(['blocks', 1], 'op', null)).toBeUndefined();
    expect(found.atModule(['blocks', 2])?.kind).toBe('error');
    expect(found.atModule(['blocks'])).toEqual({ kind: 'within', texts: ['Inside: dead'] });
    expect(found.atModule([])?.kind).toBe('within');
    expect(found.atNode([], 'blocks', ['blocks'])?.kind).toBe('within');
  });

  it('at a Module without a node stands at what calls it, and a note makes nobody look inside', () => {
    const found = foundInRun([diagnosed('warning', ['head'], null), diagnosed('note', ['body', 'dense'], null)], moduleOf);
    expect(found.atNode([], 'head', ['head'])?.kind).toBe('warning');
    expect(found.atModule(['body', 'dense'])?.kind).toBe('note');
    expect(found.atModule(['body'])).toBeUndefined();
  });

  it('is nothing where nothing was found', () => {
    expect(foundInRun([], moduleOf)).toBe(NOTHING_FOUND);
  });
});
