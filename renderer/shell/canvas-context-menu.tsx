/** @file Right click on the canvas: the commands for what lies under the pointer. */
import { type MouseEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { Popover } from 'react-aria-components';
import { openAt } from '../state/derived/frames.ts';
import { splitKey } from '../state/session/expansion.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { annotationOf } from '../panels/canvas/annotations/annotation-node.ts';
import { itemUnder } from '../panels/canvas/item-under.ts';
import { isPossible, titleOf } from '../commands/command.ts';
import { findCommand, runCommandById } from './commands.ts';
import { MenuList, type MenuEntry } from '../ui/menu.tsx';
import { useServices } from '../hooks/services.ts';
import { shownKeys } from './use-commands.ts';

/** From what is done to what was clicked to what is done to the whole graph; what destroys stands apart. */
const FIXES = ['fix-1', 'fix-2', 'fix-3'];
const OF_THE_CLICKED: readonly (readonly string[])[] = [
  FIXES,
  ['run-to-here'],
  ['enter-class', 'expand-in-place', 'edit-note', 'rename', 'replace', 'bypass', 'connect-selected', 'quick-add'],
  ['group-into-class', 'ungroup', 'repeat', 'unrepeat', 'fold-row', 'frame-selection', 'arrange-selection'],
  ['cut', 'copy', 'duplicate', 'call-again'],
  ['delete-selection', 'delete-and-reconnect'],
];
const OF_THE_GROUND: readonly (readonly string[])[] = [
  FIXES,
  ['quick-add', 'templates', 'new-class', 'add-note'],
  ['paste', 'paste-with-wires', 'select-all'],
  ['arrange-all', 'zoom-to-fit', 'leave-class'],
];

/** A right button that moved further than this was panning. */
const CLICK_DISTANCE = 4;

interface Point {
  readonly x: number;
  readonly y: number;
}

export function CanvasContextMenu({ children }: { readonly children: ReactNode }) {
  const services = useServices();
  const { session } = services;
  const [at, setAt] = useState<(Point & { readonly isGround: boolean }) | null>(null);
  const pressed = useRef<Point>({ x: 0, y: 0 });
  const anchor = useRef<HTMLDivElement>(null);

  const onPointerDown = (event: PointerEvent): void => {
    pressed.current = { x: event.clientX, y: event.clientY };
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const { x, y } = pressed.current;
    const isKey = event.button !== 2;
    if (!isKey && Math.hypot(event.clientX - x, event.clientY - y) > CLICK_DISTANCE) return;
    selectUnder(event.target as Element);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    setAt({ x: event.clientX - left, y: event.clientY - top, isGround: itemUnder(event.target as Element) === undefined });
  };
  /** What is clicked becomes the selection, unless it is part of it already. */
  const selectUnder = (target: Element): void => {
    const item = itemUnder(target);
    if (!item) return;
    const { lens, selection } = session.getState();
    const note = annotationOf(item.id);
    if (note !== undefined) {
      if (!selection.annotations.includes(note)) session.select({ annotations: [note] });
      return;
    }
    if (lens === 'structure') {
      if (!selection.modules.includes(item.id)) session.select({ modules: [item.id] });
      return;
    }
    const { inside, id } = splitKey(item.id);
    const group = item.kind === 'wire' ? 'wires' : 'nodes';
    const isIn = inside === session.getState().inside;
    if (isIn && selection[group].includes(id)) return;
    const open = isIn ? undefined : openAt(services.document.getState().document, session.getState(), inside);
    if (isIn) session.select({ [group]: [id] });
    else if (open) session.set({ open, inside, selection: { ...NOTHING_SELECTED, [group]: [id] } });
  };
  const listEntries = (): readonly (readonly MenuEntry[])[] =>
    (at?.isGround === true ? OF_THE_GROUND : OF_THE_CLICKED).map((ids) =>
      ids.flatMap((id): readonly MenuEntry[] => {
        const command = findCommand(id);
        return command && isPossible(command, services)
          ? [{ id, title: titleOf(command, services), keys: shownKeys(command, services.session.getState().ownKeys) }]
          : [];
      }),
    );
  return (
    <div className="canvas-place" onPointerDownCapture={onPointerDown} onContextMenu={onContextMenu}>
      {children}
      <div ref={anchor} className="context-anchor" style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      {at && (
        <Popover
          className="menu-popover"
          triggerRef={anchor}
          isOpen
          placement="bottom start"
          offset={0}
          onOpenChange={(isOpen) => !isOpen && setAt(null)}
        >
          <MenuList
            label="Canvas menu"
            groups={listEntries()}
            onChoose={(id) => {
              setAt(null);
              runCommandById(id, services);
            }}
          />
        </Popover>
      )}
    </div>
  );
}
