/** @file Text that is typed in place, on the canvas. What was typed is one step, taken over when one leaves. */
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { useSessionStore } from '../../../hooks/session.ts';

interface TypedTextProps {
  readonly label: string;
  readonly text: string;
  /** A line, which Enter ends; otherwise Enter begins the next line. */
  readonly isLine?: boolean;
  /** Called with what was typed, and how high it is. */
  readonly onCommit: (text: string, height: number) => void;
}

export function TypedText({ label, text, isLine = false, onCommit }: TypedTextProps) {
  const session = useSessionStore();
  const ref = useRef<HTMLTextAreaElement>(null);
  // Before anything else is typed: the next letter belongs to the text.
  useLayoutEffect(() => {
    const field = ref.current;
    const take = (): void => {
      field?.focus({ preventScroll: true });
      field?.select();
    };
    take();
    if (document.activeElement === field) return undefined;
    // React Flow shows a node that it has not seen before in the next frame.
    const frame = requestAnimationFrame(take);
    return () => cancelAnimationFrame(frame);
  }, []);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const isEnd = event.key === 'Escape' || (event.key === 'Enter' && (isLine || event.ctrlKey || event.metaKey));
    if (!isEnd || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const around = event.currentTarget.closest<HTMLElement>('.react-flow__node');
    event.currentTarget.blur();
    around?.focus({ preventScroll: true });
  };
  return (
    <textarea
      ref={ref}
      className="annotation-text nodrag nopan nowheel"
      aria-label={label}
      defaultValue={text}
      rows={isLine ? 1 : undefined}
      onKeyDown={onKeyDown}
      onBlur={({ target }) => {
        const typed = isLine ? target.value.replaceAll('\n', ' ') : target.value;
        if (typed !== text) onCommit(typed, target.scrollHeight);
        session.set({ typingIn: null });
      }}
    />
  );
}
