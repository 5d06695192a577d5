/** @file Where one was: classes that were open, and what was selected in them, to go back to and forward again. Gone with the window. */
import type { ModelDocument } from '../../../core/document/index.ts';
import { findOpenClass, validOpen } from '../derived/open-class.ts';
import type { Look, Selection, SessionState, Visits } from './store.ts';

const KEPT = 100;

/** The visits once one looks at what the session shows now; the same object where that is no other place. */
export function visit(visits: Visits, { lens, open, inside, selection }: SessionState): Visits {
  const look: Look = { lens, open, inside, selection };
  const present = visits.looks[visits.at];
  if (present && isSame(present, look)) return visits;
  const isHere = present !== undefined && isSameView(present, look);
  // Nothing selected is no place of its own, and a selection that grows is one.
  if (isHere && sizeOf(selection) === 0) return visits;
  const grows = isHere && sizeOf(selection) > 1 && sizeOf(present.selection) > 0;
  const replaces = grows || (isHere && sizeOf(present.selection) === 0);
  const before = visits.looks.slice(0, replaces ? visits.at : visits.at + 1);
  const looks = [...before, look].slice(-KEPT);
  return { looks, at: looks.length - 1 };
}

/** The next place in a direction that is still there, and is not where one is. */
export function visitBeside({ looks, at }: Visits, by: 1 | -1, document: ModelDocument): Visits | undefined {
  const present = looks[at];
  for (let next = at + by; next >= 0 && next < looks.length; next += by)
    if (isThere(looks[next]!, document) && !(present && isSame(present, looks[next]!))) return { looks, at: next };
  return undefined;
}

function isThere({ open, selection }: Look, document: ModelDocument): boolean {
  const modelClass = findOpenClass(document, open);
  if (!modelClass || validOpen(document, open).length < open.length) return false;
  const { nodes, wires } = selection;
  return nodes.every((id) => Object.hasOwn(modelClass.nodes, id)) && wires.every((id) => Object.hasOwn(modelClass.wires, id));
}

function sizeOf({ nodes, wires, modules, annotations }: Selection): number {
  return nodes.length + wires.length + modules.length + annotations.length;
}

function isSameView(a: Look, b: Look): boolean {
  return a.lens === b.lens && a.inside === b.inside && JSON.stringify(a.open) === JSON.stringify(b.open);
}

function isSame(a: Look, b: Look): boolean {
  return isSameView(a, b) && (a.selection === b.selection || JSON.stringify(a.selection) === JSON.stringify(b.selection));
}
