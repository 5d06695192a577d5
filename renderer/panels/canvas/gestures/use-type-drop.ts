/** @file A type that is dragged from the palette: onto the canvas, or into the wire that it is dropped on (not with Alt), which shows beforehand. */
import { type DragEvent, useCallback, useState } from 'react';
import { useReactFlow } from 'reactflow';
import { EditError, type Point, type WireId } from '../../../../core/document/index.ts';
import { addType, INSERT_MIME, TYPE_MIME } from '../../../commands/add-type.ts';
import { useServices } from '../../../hooks/services.ts';
import { NODE_HEADER_HEIGHT, NODE_WIDTH, snap } from '../../../state/layout/node-size.ts';
import { splitKey } from '../../../state/session/expansion.ts';
import { focusOn } from '../expansion/focus.ts';
import { scopeAround } from '../expansion/scene.ts';
import type { Drawn } from './use-dragging.ts';
import { wireUnder } from './wire-under.ts';

export interface TypeDrop {
  /** The wire that what is dragged would be put into. */
  readonly into: WireId | undefined;
  readonly props: {
    readonly onDrop: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: () => void;
  };
}

/** How near the pointer has to be to a wire, in pixels of the screen. */
const REACH = 24;

export function useTypeDrop(drawn: { readonly current: Drawn }): TypeDrop {
  const services = useServices();
  const flow = useReactFlow();
  const [into, setInto] = useState<WireId | undefined>(undefined);

  const wireAt = useCallback(
    (event: DragEvent): WireId | undefined => {
      if (event.altKey || !event.dataTransfer.types.includes(INSERT_MIME)) return undefined;
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
      const reach = REACH / flow.getZoom();
      const key = scopeAround(drawn.current.scene, { x, y })?.site.key;
      const wires = drawn.current.wires.filter((wire) => wire.data?.site.key === key);
      return wireUnder({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }, wires);
    },
    [flow, drawn],
  );

  const onDragOver = useCallback(
    (event: DragEvent) => {
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setInto(wireAt(event));
    },
    [wireAt],
  );
  const onDragLeave = useCallback(() => setInto(undefined), []);

  const onDrop = useCallback(
    (event: DragEvent) => {
      setInto(undefined);
      const type = event.dataTransfer.getData(TYPE_MIME);
      if (!type) return;
      event.preventDefault();
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const wire = wireAt(event);
      const scope = scopeAround(drawn.current.scene, at);
      if (scope) focusOn(services.session, scope.site);
      const { x, y } = scope?.room.toDocument(at, at) ?? at;
      const place: Point = { x: snap(x - NODE_WIDTH / 2), y: snap(y - NODE_HEADER_HEIGHT / 2) };
      try {
        addType(services, type, place, wire === undefined ? undefined : splitKey(wire).id);
      } catch (error) {
        if (!(error instanceof EditError)) throw error;
        services.dialogs.tell(error.message, 'error');
      }
    },
    [flow, services, drawn, wireAt],
  );
  return { into, props: { onDrop, onDragOver, onDragLeave } };
}
