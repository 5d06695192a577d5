import { useEffect } from 'react';

/**
 * While a drag lasts, Escape is its own: `cancel` is called, and the button counts as let go, which ends the drag for the libraries that
 * follow it. They listen on the window and on the document.
 */
export function useEscape(isDragging: boolean, cancel: () => void): void {
  useEffect(() => {
    if (!isDragging) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      cancel();
      document.dispatchEvent(new MouseEvent('mouseup', { view: window, bubbles: true }));
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [isDragging, cancel]);
}
