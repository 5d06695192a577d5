/** @file Repeated blocks that are no list yet: the row of the selected node, or the first of the open class, becomes one. */
import { alikeRowAt, alikeRows, type AlikeRow } from '../../core/check/index.ts';
import type { ClassId } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import type { Command, CommandContext } from './command.ts';
import { foldRow, rowText } from './shared/fold-row.ts';

function findRow({ document, session, derived }: CommandContext): { readonly class: ClassId; readonly row: AlikeRow } | undefined {
  const { lens, open, selection } = session.getState();
  const model = document.getState().document;
  const modelClass = findOpenClass(model, open);
  const instance = modelClass && derived.check(model).instanceAt(modelClass.id, open.at(-1)?.instance);
  const { nodes, wires, annotations } = selection;
  if (lens !== 'flow' || !instance || wires.length + annotations.length > 0) return undefined;
  const [first] = nodes;
  const row = first === undefined ? alikeRows(model, instance)[0] : alikeRowAt(model, instance, first);
  return row && nodes.every((id) => row.nodes.includes(id)) ? { class: modelClass.id, row } : undefined;
}

export const foldRowCommand: Command = {
  id: 'fold-row',
  title: 'Fold What Is Alike in a Row into a List',
  titleNow(context) {
    const row = findRow(context)?.row;
    return row ? `Fold ${rowText(row)} into a List` : 'Fold What Is Alike in a Row into a List';
  },
  group: 'edit',
  section: 3.7,
  submenu: 'Class',
  order: 38,
  keys: [],
  when: (context) => findRow(context) !== undefined,
  run(context) {
    const found = findRow(context);
    if (found) foldRow(context, found.class, found.row);
  },
};
