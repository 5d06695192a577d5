import { expect, it } from 'vitest';
import { removeNodes } from '../../../core/document/index.ts';
import { template } from '../../../core/test/templates.ts';
import { INITIAL_SESSION, NO_VISITS, NOTHING_SELECTED, type OpenStep, type SessionState, type Visits } from './store.ts';
import { visit, visitBeside } from './visits.ts';

const document = template('residual-cnn');
const root = document.classes[document.root.class]!;
const block = Object.values(document.classes).find(({ id }) => id !== root.id)!;
const [first, second, third] = Object.keys(root.nodes) as [string, string, string];
const inBlock: readonly OpenStep[] = [{ class: block.id, instance: ['blocks', 0] }];

const at = (open: readonly OpenStep[], ...nodes: readonly string[]): SessionState => ({
  ...INITIAL_SESSION,
  open,
  selection: { ...NOTHING_SELECTED, nodes },
});
const walk = (...states: readonly SessionState[]): Visits => states.reduce(visit, NO_VISITS);
const nodesAt = ({ looks, at: i }: Visits) => [looks[i]!.open.length, ...looks[i]!.selection.nodes];

it('goes back through classes and selections, and forward again', () => {
  const visits = walk(at([], first), at([]), at(inBlock), at([], second));
  const back = visitBeside(visits, -1, document)!;
  expect(nodesAt(back)).toEqual([1]);
  const further = visitBeside(back, -1, document)!;
  expect(nodesAt(further)).toEqual([0, first]);
  expect(visitBeside(further, -1, document)).toBeUndefined();
  expect(nodesAt(visitBeside(visitBeside(further, 1, document)!, 1, document)!)).toEqual([0, second]);
});

it('takes a selection that grows as one place, and forgets what lay ahead once one goes elsewhere', () => {
  const visits = walk(at([], first), at([], first, second), at([], first, second, third), at(inBlock));
  const back = visitBeside(visits, -1, document)!;
  expect(nodesAt(back)).toEqual([0, first, second, third]);
  expect(visitBeside(back, -1, document)).toBeUndefined();
  const elsewhere = visit(back, at([], second));
  expect(visitBeside(elsewhere, 1, document)).toBeUndefined();
});

it('passes over what is there no more', () => {
  const visits = walk(at([], first), at([], second), at([], third));
  const without = removeNodes(document, root.id, [second]);
  expect(nodesAt(visitBeside(visits, -1, without)!)).toEqual([0, first]);
});
