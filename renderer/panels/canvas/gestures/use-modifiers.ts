import { useEffect, useRef, type RefObject } from 'react';

export interface Modifiers {
  readonly alt: boolean;
  readonly shift: boolean;
}

/** The modifier keys at the latest move of the pointer: React Flow moves nodes without telling of its event. */
export function useModifiers(): RefObject<Modifiers> {
  const latest = useRef<Modifiers>({ alt: false, shift: false });
  useEffect(() => {
    const note = ({ altKey, shiftKey }: PointerEvent): void => {
      latest.current = { alt: altKey, shift: shiftKey };
    };
    window.addEventListener('pointermove', note, { capture: true });
    return () => window.removeEventListener('pointermove', note, { capture: true });
  }, []);
  return latest;
}
