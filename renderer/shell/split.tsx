/** @file A part of the window with panels that open and close at its sides. What is in the middle stays mounted, whatever opens beside it. */
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Group, Panel, Separator, useGroupRef, type GroupProps } from 'react-resizable-panels';
import { useSession, useSessionStore } from '../hooks/session.ts';
import { splitSizes } from './split-sizes.ts';

export interface Side {
  readonly id: string;
  readonly isOpen: boolean;
  /** It was dragged shut. */
  readonly onClose: () => void;
  /** How large it is until someone has changed it, as `232px` or `32%`. */
  readonly first: string;
  readonly least: string;
  readonly most?: string;
  /** What its separator is called. */
  readonly label: string;
  readonly keeps: 'pixels' | 'share';
  readonly content: ReactNode;
}

interface Props {
  /** Sizes are remembered by this and by which sides are open. */
  readonly name: string;
  readonly orientation: 'horizontal' | 'vertical';
  readonly before?: Side;
  readonly after?: Side;
  readonly middle: { readonly id: string; readonly least: string };
  readonly children: ReactNode;
}

export function Split({ name, orientation, before, after, middle, children }: Props) {
  const session = useSessionStore();
  const version = useSession((state) => state.layoutVersion);
  const group = useGroupRef();
  const element = useRef<HTMLDivElement>(null);
  const sides = [before, after].filter((side) => side !== undefined);
  const open = sides.filter(({ isOpen }) => isOpen);
  const key = [name, ...open.map(({ id }) => id)].join('+');

  // Sizes that were kept need no pixels, so they are there from the first; those in pixels are asked of each side.
  const [kept] = useState(() => (open.length > 0 ? session.getState().panelSizes[key] : undefined));

  // All panels are always there, closed ones without room: a group whose panels change would give them the sizes of another workspace.
  const applied = useRef('');
  const wanted = `${version} ${key}`;
  useLayoutEffect(() => {
    if (applied.current === wanted || !element.current) return;
    applied.current = wanted;
    const { clientWidth, clientHeight } = element.current;
    const room = orientation === 'horizontal' ? clientWidth : clientHeight;
    group.current?.setLayout(splitSizes(sides, middle.id, session.getState().panelSizes[key], room));
  });

  const onLayoutChanged: GroupProps['onLayoutChanged'] = (layout, { isUserInteraction }) => {
    const shut = open.filter(({ id }) => layout[id] === 0);
    if (isUserInteraction) for (const side of shut) side.onClose();
    // Neither what was dragged shut nor what is there before the sizes have been set is to be come back to.
    const isSettled = applied.current === wanted && shut.length === 0 && sides.every(({ id, isOpen }) => isOpen || layout[id] === 0);
    if (isSettled && open.length > 0) session.set({ panelSizes: { ...session.getState().panelSizes, [key]: layout } });
  };

  return (
    <Group
      className="panels"
      orientation={orientation}
      groupRef={group}
      elementRef={element}
      onLayoutChanged={onLayoutChanged}
      {...(kept ? { defaultLayout: splitSizes(sides, middle.id, kept, 0) } : {})}
    >
      {before && <SidePanel side={before} />}
      {before && <SideSeparator side={before} />}
      <Panel id={middle.id} minSize={middle.least}>
        {children}
      </Panel>
      {after && <SideSeparator side={after} />}
      {after && <SidePanel side={after} />}
    </Group>
  );
}

function SidePanel({ side: { id, isOpen, first, least, most, keeps, content } }: { readonly side: Side }) {
  const [begun] = useState(isOpen ? first : '0%');
  return (
    <Panel
      id={id}
      collapsible
      defaultSize={begun}
      minSize={least}
      {...(most === undefined ? {} : { maxSize: most })}
      groupResizeBehavior={keeps === 'pixels' ? 'preserve-pixel-size' : 'preserve-relative-size'}
    >
      {isOpen && content}
    </Panel>
  );
}

function SideSeparator({ side: { isOpen, label } }: { readonly side: Side }) {
  return <Separator className={isOpen ? 'separator' : 'separator closed'} disabled={!isOpen} aria-label={label} />;
}
