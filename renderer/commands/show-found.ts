/** @file Jumping to what a search has found: a class, or a node or a note in the instance that is meant. */
import { findClassAt } from '../state/derived/find-instance.ts';
import type { Found } from '../state/derived/find-text.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import type { CommandContext } from './command.ts';

export function showFound({ canvas, document, session }: CommandContext, { class: classId, node, annotation, instance }: Found): void {
  const at = instance && findClassAt(document.getState().document, instance);
  const open = at?.class === classId ? at.open : [{ class: classId, instance: [] }];
  const selection = {
    ...NOTHING_SELECTED,
    nodes: node === undefined ? [] : [node],
    annotations: annotation === undefined ? [] : [annotation],
  };
  session.set({ lens: 'flow', open, rightOpen: true, selection });
  if (node !== undefined) canvas.revealNode(node);
  if (annotation !== undefined) canvas.revealAnnotation(annotation);
}
