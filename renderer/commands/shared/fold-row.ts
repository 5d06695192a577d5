/** @file Folds blocks that are alike and stand in a row into one list, and says what that changes. */
import type { AlikeRow } from '../../../core/check/index.ts';
import { foldIntoList, type ClassId } from '../../../core/document/index.ts';
import { editWithIds } from '../../state/edit-or-tell.ts';
import { NOTHING_SELECTED } from '../../state/session/store.ts';
import type { CommandContext } from '../command.ts';

/** "6 × Block alike in a row". */
export function rowText({ count, period, title }: AlikeRow): string {
  return `${count} × ${period > 1 ? `(${title})` : title} alike in a row`;
}

export function foldRow(context: CommandContext, classId: ClassId, row: AlikeRow): void {
  const { open } = context.session.getState();
  const made = editWithIds(
    context,
    `Fold ${row.count} × ${row.title} into a list`,
    (document) => foldIntoList(document, classId, row),
    ({ node }) => ({ open, selection: { ...NOTHING_SELECTED, nodes: [node] } }),
  );
  if (!made) return;
  context.canvas.focusNode(made.node);
  if (!row.keepsDraws)
    context.dialogs.tell(
      'The list is built in one go, with other modules no longer in between: fresh weights of the same seed are others now.',
    );
}
