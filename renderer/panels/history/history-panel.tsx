/** @file Every step of the document, to go back to and forward to: the present one marked, those that were undone below it. */
import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../hooks/services.ts';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import './history.css';

const ROW_HEIGHT = 24;

export function HistoryPanel() {
  const { document } = useServices();
  const history = useStore(document, (state) => state.history);
  const list = useRef<VirtualListHandle>(null);
  const { past, future } = history;
  const steps = [...past, ...future];
  const present = past.length;
  const count = steps.length + 1;
  const keyOf = useCallback((index: number) => String(index), []);
  // A step that is made, undone or jumped to elsewhere is seen here, too.
  useEffect(() => list.current?.show(present), [present]);
  const goTo = (step: number): void => {
    const to = Math.min(Math.max(step, 0), count - 1);
    document.goTo(to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowUp: present - 1, ArrowDown: present + 1, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(to);
  };
  return (
    <VirtualList
      handle={list}
      className="history"
      role="listbox"
      aria-label="History"
      aria-activedescendant={`history-${present}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      count={count}
      itemHeight={ROW_HEIGHT}
      keyOf={keyOf}
    >
      {(index) => (
        // The list has the focus and the keys; a step is for the pointer.
        <div
          id={`history-${index}`}
          role="option"
          aria-selected={index === present}
          aria-setsize={count}
          aria-posinset={index + 1}
          data-when={index > present ? 'undone' : index === present ? 'now' : 'done'}
          onClick={() => goTo(index)}
        >
          <span className="history-number">{index === 0 ? '' : index}</span>
          <span>{index === 0 ? 'As it was opened' : steps[index - 1]!.label}</span>
          {index === present && <b>now</b>}
          {index > present && <i>undone</i>}
        </div>
      )}
    </VirtualList>
  );
}
