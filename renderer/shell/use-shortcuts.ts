import { useEffect } from 'react';
import { copyCommand, cutCommand, pasteText } from '../commands/clipboard.command.ts';
import { invoke, isPossible, titleOf } from '../commands/command.ts';
import { findByKeys } from './commands.ts';
import { useServices } from '../hooks/services.ts';
import { IS_MAC } from './use-commands.ts';
import { orTell } from '../state/or-tell.ts';

/** Where typing means text: keys belong to the field then. */
function isTextField(target: EventTarget | null): target is HTMLElement {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button', 'file', 'color'].includes(target.type);
  // A text that is only read, such as the code, is selected and copied by the same keys.
  const isText = target.getAttribute('role') === 'textbox';
  return isText || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** What answers Enter and the space bar itself. */
const PRESSABLE = 'button, summary, a, [role="option"], [role="treeitem"], [role="tab"], [role="radio"], [role="separator"]';

function isPressing({ key, target }: KeyboardEvent): boolean {
  return (key === 'Enter' || key === ' ') && target instanceof Element && target.closest(PRESSABLE) !== null;
}

/** Whether the keyboard is on the canvas, or nowhere. */
function isOnCanvas(target: EventTarget | null | undefined): boolean {
  return !(target instanceof Element) || target === document.body || target.closest('.canvas') !== null;
}

/** Runs commands by their keys while no dialog is open. */
export function useShortcuts(): void {
  const services = useServices();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isCombination = event.ctrlKey || event.metaKey;
      // Buttons keep Enter to themselves, with Ctrl too: combinations are taken on the way down, bare keys on the way up.
      if (isCombination !== (event.eventPhase === Event.CAPTURING_PHASE)) return;
      if (event.defaultPrevented || event.isComposing || services.dialogs.getState().open) return;
      const [target] = event.composedPath();
      const field = isTextField(target ?? null) ? (target as HTMLElement) : undefined;
      const command = findByKeys(event, {
        inTextField: field !== undefined,
        isUntouched: field?.dataset['untouched'] !== undefined,
        isMac: IS_MAC,
        onCanvas: isOnCanvas(target),
        own: services.session.getState().ownKeys,
      });
      const isBare = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!command || command.keysComeAs !== undefined || (isBare && isPressing(event))) return;
      // Leaving the field takes over what was typed there.
      field?.blur();
      // The browser would undo in the field what the document has long taken over.
      if (command.inTextFields === 'untouched') event.preventDefault();
      if (isPossible(command, services)) {
        event.preventDefault();
        event.stopPropagation();
        invoke(command, services);
      } else if (command.needs !== undefined && (!isBare || isOnCanvas(target))) {
        event.preventDefault();
        services.dialogs.tell(`${titleOf(command, services)}: ${command.needs}`);
      }
      field?.focus();
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (isTextField(event.target) || services.dialogs.getState().open) return;
      event.preventDefault();
      orTell(services.dialogs, 'The clipboard could not be pasted', pasteText(services, event.clipboardData?.getData('text/plain') ?? ''));
    };
    // The desktop's own menu asks by these; the keys have been taken before.
    const onCopy = (event: ClipboardEvent): void => {
      const command = event.type === 'cut' ? cutCommand : copyCommand;
      const isText = isTextField(event.composedPath()[0] ?? null) || getSelection()?.isCollapsed === false;
      if (event.defaultPrevented || isText || services.dialogs.getState().open || !isPossible(command, services)) return;
      event.preventDefault();
      invoke(command, services);
    };
    window.addEventListener('paste', onPaste);
    window.addEventListener('copy', onCopy);
    window.addEventListener('cut', onCopy);
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('paste', onPaste);
      window.removeEventListener('copy', onCopy);
      window.removeEventListener('cut', onCopy);
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [services]);
}
