/** @file A list that draws what is in sight and a little more: for lists too long to draw whole. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type HTMLAttributes, type ReactNode, type Ref, useImperativeHandle, useRef } from 'react';

/** Items beyond those in sight that are drawn, too, so that fast scrolling shows no gaps. */
const OVERSCAN = 10;

export interface VirtualListHandle {
  readonly element: HTMLElement | null;
  /** Scrolls as little as is needed to bring an item into sight. */
  show(index: number): void;
}

interface VirtualListProps extends Omit<HTMLAttributes<HTMLDivElement>, 'children'> {
  readonly count: number;
  /** In pixels. */
  readonly itemHeight: number;
  /** Items have heights of their own, and `itemHeight` is what is expected of them. */
  readonly isMeasured?: boolean;
  /** A stable function: another one measures the list anew. */
  readonly keyOf: (index: number) => string;
  readonly children: (index: number) => ReactNode;
  readonly handle?: Ref<VirtualListHandle>;
}

export function VirtualList({ count, itemHeight, isMeasured = false, keyOf, children, handle, ...others }: VirtualListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // Its functions change with every scroll and are used nowhere but in this component, which no compiler memoizes.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => itemHeight,
    getItemKey: keyOf,
    overscan: isMeasured ? 2 : OVERSCAN,
    useFlushSync: false,
  });
  useImperativeHandle(
    handle,
    () => ({
      get element() {
        return scroller.current;
      },
      show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    }),
    [virtualizer],
  );
  return (
    <div {...others} ref={scroller} className={`virtual-list ${others.className ?? ''}`}>
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => (
          <div
            key={key}
            ref={isMeasured ? virtualizer.measureElement : undefined}
            data-index={index}
            role="presentation"
            className="virtual-item"
            style={{ transform: `translateY(${start}px)`, ...(isMeasured ? {} : { height: itemHeight }) }}
          >
            {children(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
