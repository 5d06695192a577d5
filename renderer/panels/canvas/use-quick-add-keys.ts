/** @file Ways to quick-add that are no shortcuts: a tapped space bar, while a held one pans, and Tab on a selected node. */
import { useEffect } from 'react';
import { openQuickAdd } from '../../commands/quick-add/open-quick-add.ts';
import { useServices } from '../../hooks/services.ts';
import { orTell } from '../../state/or-tell.ts';

/** Longer is holding. */
const TAP_MS = 400;
/** What answers the space bar itself. */
const ANSWERS_SPACE =
  'input, textarea, select, button, summary, a, [contenteditable], [role="option"], [role="treeitem"], [role="tab"], [role="radio"], [role="separator"]';

export function useQuickAddKeys(): void {
  const services = useServices();
  useEffect(() => {
    let pressedAt: number | undefined;
    const open = (): void => orTell(services.dialogs, 'Quick add could not be opened', openQuickAdd(services));
    const isFree = ({ target }: Event): boolean =>
      services.dialogs.getState().open === null && !(target instanceof Element && target.closest(ANSWERS_SPACE) !== null);
    const onKeyDown = (event: KeyboardEvent): void => {
      const isBare = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (event.key === ' ') {
        if (!event.repeat) pressedAt = isBare && isFree(event) ? event.timeStamp : undefined;
      } else pressedAt = undefined;
      // On a node that is not selected Tab goes on, as everywhere: Escape, then Tab, leaves the canvas.
      const isOnSelected = event.target instanceof Element && event.target.matches('.react-flow__node.selected');
      if (event.key === 'Tab' && isBare && isOnSelected && isFree(event)) {
        event.preventDefault();
        open();
      }
    };
    const onKeyUp = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || pressedAt === undefined) return;
      const isTap = event.timeStamp - pressedAt < TAP_MS;
      pressedAt = undefined;
      if (isTap && isFree(event)) open();
    };
    const forget = (): void => {
      pressedAt = undefined;
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    window.addEventListener('pointerdown', forget);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('pointerdown', forget);
    };
  }, [services]);
}
