/** @file The option of a list that arrow keys choose while the keyboard stays in a text field. */
import { type KeyboardEvent, useState } from 'react';

export interface ActiveOption {
  /** −1 where there is none. */
  readonly index: number;
  readonly setIndex: (index: number) => void;
  /** For the text field. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** `onMove` is called with the option that becomes active, `onChoose` with the one that Enter chooses. */
export function useActiveOption(count: number, onChoose: (index: number) => void, onMove?: (index: number) => void): ActiveOption {
  const [wanted, setIndex] = useState(0);
  const index = Math.min(wanted, count - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') {
      event.preventDefault();
      onChoose(index);
    } else if (step !== 0 && count > 0) {
      event.preventDefault();
      const next = (index + step + count) % count;
      setIndex(next);
      onMove?.(next);
    }
  };
  return { index, setIndex, onKeyDown };
}
