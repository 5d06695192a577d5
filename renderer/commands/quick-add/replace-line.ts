/** @file Turns nodes into what a line of the quick-add field says: their wires stay, one undoable step. */
import { replaceNodes } from '../../../core/check/index.ts';
import { EditError, type ModelClass, type NodeId } from '../../../core/document/index.ts';
import { nodeName } from '../../../core/graph/index.ts';
import { findOpenClass } from '../../state/derived/open-class.ts';
import { NOTHING_SELECTED } from '../../state/session/store.ts';
import type { Services } from '../../state/services.ts';
import { formatPlural } from '../../ui/format.ts';
import type { LineAnswer } from './add-line.ts';
import type { QuickEntry } from './entries.ts';
import { meaningOf, Unreadable } from './meaning-of.ts';
import { partsOf } from './tokens.ts';

/** `chosen`: the entry that the line means. What cannot be done is told, and nothing changes. */
export function replaceByLine(
  services: Pick<Services, 'document' | 'session' | 'check' | 'templates' | 'dialogs'>,
  line: string,
  nodes: readonly NodeId[],
  chosen?: QuickEntry,
): LineAnswer {
  const { document: store, session, dialogs } = services;
  const { open } = session.getState();
  const before = store.getState().document;
  const openClass = findOpenClass(before, open);
  if (!openClass) return { ok: false, message: 'There is nothing to replace. Open a class first.' };
  const parts = partsOf(line);
  if (parts.length > 1) return { ok: false, message: 'Expected one type, got several. Replace by one, then add the others behind it.' };
  try {
    const known = services.check.getState().check.instanceAt(openClass.id, open.at(-1)?.instance);
    const [spec] = Object.values(known?.nodes.get(nodes[0] ?? '')?.inputs ?? {});
    const meant = meaningOf(services, before, openClass.id, parts[0] ?? chosen?.title ?? '', chosen, spec);
    if (meant.also.length > 0) return { ok: false, message: 'Expected no other nodes: wires stay as they are. Leave their names out.' };
    const { document, dropped } = replaceNodes(meant.document, openClass.id, nodes, meant);
    const said = `Replaced ${wordsFor(openClass, nodes)} by ${meant.entry.title}`;
    store.edit(`Replace ${wordsFor(openClass, nodes)} by ${meant.entry.title}`, () => document, {
      place: { open, selection: { ...NOTHING_SELECTED, nodes } },
    });
    if (dropped.length > 0) {
      const wires = dropped.length === 1 ? 'a wire that has' : `${dropped.length} wires that have`;
      dialogs.tell(`${said}, without ${wires} no port there: ${dropped.join(', ')}.`, 'info');
    }
    return { ok: true, said: `${said}.`, end: nodes.at(-1) };
  } catch (error) {
    if (error instanceof EditError || error instanceof Unreadable) return { ok: false, message: error.message };
    throw error;
  }
}

/** The name of one node, or how many there are. */
export function wordsFor(openClass: ModelClass, nodes: readonly NodeId[]): string {
  const [first, ...others] = nodes;
  const only = first === undefined || others.length > 0 ? undefined : openClass.nodes[first];
  return only ? nodeName(openClass, only) : formatPlural(nodes.length, 'node');
}
