/**
 * @file The keyboard on the canvas: it is on one node, follows what is selected by commands, and is never lost. Where what had it is gone, by
 * deleting, undoing, or entering a class, it goes on from what was beside it.
 */
import { type FocusEvent, useCallback, useEffect, useRef } from 'react';
import { annotationsOf, type ModelClass, type NodeId } from '../../../../core/document/index.ts';
import { useServices } from '../../../hooks/services.ts';
import { splitKey } from '../../../state/session/expansion.ts';
import type { Focused } from '../../../state/session/focused.ts';
import type { SessionState } from '../../../state/session/store.ts';
import { survivor } from '../../../state/walking/walk.ts';
import { annotationKey, annotationOf } from '../annotations/annotation-node.ts';
import type { Scene } from '../expansion/scene.ts';
import { itemUnder } from '../item-under.ts';
import { isItem } from './item-element.ts';

/** What had the keyboard last: a node, a note, or the node that a wire comes from; and the graph as it was when it last was there. */
interface Held {
  readonly element: HTMLElement;
  readonly id: NodeId;
  readonly inside: string;
  modelClass: ModelClass;
}

/** `tabStop`: what has the keyboard, or would have it after Tab. Gives what the canvas listens with. */
export function useFocus(scene: Scene, tabStop: Focused | undefined): { readonly onFocusCapture: (event: FocusEvent) => void } {
  const { canvas, session } = useServices();
  const held = useRef<Held | null>(null);
  const latest = useRef(scene);
  const before = useRef(tabStop);

  useEffect(() => {
    latest.current = scene;
    const was = before.current;
    before.current = tabStop;
    const active = document.activeElement;
    const { current: had } = held;
    const scope = had ? scene.find(({ site }) => site.key === had.inside)?.modelClass : undefined;
    const isLost = had !== null && !(had.element.isConnected && scope && isIn(scope, had));
    if (had && scope && isIn(scope, had)) had.modelClass = scope;
    if (isLost && (active === null || active === document.body || active === had.element)) {
      held.current = null;
      const next = goOnFrom(had, scope, session.getState());
      if (next !== undefined) canvas.focusNode(next);
      else if (tabStop) canvas.focusItem(tabStop);
      else canvas.focus();
      return;
    }
    const isMoved = tabStop !== undefined && (was?.kind !== tabStop.kind || was.id !== tabStop.id || was.inside !== tabStop.inside);
    const isOnItem = isItem(active) && active.closest('.flow') !== null;
    // What was clicked has it already, and what is written is not interrupted.
    const isThere = isMoved && held.current?.id === keyOf(tabStop) && held.current.inside === tabStop.inside;
    const { selection, typingIn } = session.getState();
    if (isMoved && isOnItem && !isThere && typingIn === null && selection.wires.length === 0) canvas.focusItem(tabStop);
  }, [scene, tabStop, canvas, session]);

  const onFocusCapture = useCallback(
    ({ target }: FocusEvent) => {
      const item = itemUnder(target);
      if (!item || !isItem(target)) return;
      const { inside, id } = splitKey(item.id);
      const note = annotationOf(item.id);
      const scope = latest.current.find(({ site }) => site.key === (note === undefined ? inside : ''));
      if (!scope) return;
      const { modelClass } = scope;
      held.current = { element: target, id: item.kind === 'wire' ? (modelClass.wires[id]?.from.node ?? id) : id, inside, modelClass };
      if (item.kind !== 'node') return;
      const { focused } = session.getState();
      const now = { kind: note === undefined ? ('node' as const) : ('note' as const), id: note ?? id };
      const isSame = focused?.class === modelClass.id && focused.inside === inside && focused.kind === now.kind && focused.id === now.id;
      if (!isSame) session.set({ focused: { ...now, class: modelClass.id, inside } });
      if (target.matches(':focus-visible') && note === undefined && session.getState().inside === inside) canvas.keepInSight(id);
    },
    [canvas, session],
  );
  return { onFocusCapture };
}

/** The id that React Flow has for it, within its graph. */
function keyOf({ kind, id }: Focused): string {
  return kind === 'node' ? id : annotationKey(id);
}

function isIn(modelClass: ModelClass, { id, modelClass: { id: of } }: Held): boolean {
  const note = annotationOf(id);
  if (modelClass.id !== of) return false;
  return note === undefined ? Object.hasOwn(modelClass.nodes, id) : annotationsOf(modelClass).some((each) => each.id === note);
}

/** The node that goes on from what is gone; undefined where what is selected says it, or another graph is looked at. */
function goOnFrom(
  { id, inside, modelClass: before }: Held,
  after: ModelClass | undefined,
  { selection, inside: now }: Pick<SessionState, 'selection' | 'inside'>,
): NodeId | undefined {
  if (!after || before.id !== after.id || now !== inside) return undefined;
  if (selection.nodes.some((each) => Object.hasOwn(after.nodes, each)) || selection.annotations.length > 0) return undefined;
  return Object.hasOwn(after.nodes, id) ? id : Object.hasOwn(before.nodes, id) ? survivor(before, after, id) : undefined;
}
