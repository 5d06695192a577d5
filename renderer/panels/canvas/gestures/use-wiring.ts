/**
 * @file Wires that are drawn, moved and removed with the pointer. A new wire starts at a port, the end of one that is there is taken by its end, and
 * with Ctrl all wires of a port are taken at once. Alt removes with a click. Escape leaves everything as it was.
 */
import { useCallback, useMemo, useRef, useState, type MouseEvent as ReactMouseEvent, type PointerEvent } from 'react';
import { type Connection, ConnectionMode, type HandleType, type OnConnectEnd, type OnConnectStart, useStoreApi } from 'reactflow';
import { type ClassId, disconnect, EditError, type NodeId, type PortRef } from '../../../../core/document/index.ts';
import { inWiringOrder, nodePorts } from '../../../../core/check/index.ts';
import { graphOf } from '../../../../core/graph/index.ts';
import { openQuickAdd } from '../../../commands/quick-add/open-quick-add.ts';
import { useServices } from '../../../hooks/services.ts';
import { keyWithin, splitKey } from '../../../state/session/expansion.ts';
import { focusOn } from '../expansion/focus.ts';
import { orTell } from '../../../state/or-tell.ts';
import { editOrTell } from '../../../state/edit-or-tell.ts';
import { itemUnder } from '../item-under.ts';
import type { Drawn } from './use-dragging.ts';
import { useEscape } from './use-escape.ts';
import { layTo, letGo, portOn, RefusedWire, type Laid } from './lay.ts';
import { wiringOf, type Held, type Side, type Wiring, type WiringPlace } from './wiring.ts';

export interface WireGestures {
  readonly wiring: Wiring | null;
  readonly props: {
    readonly onConnectStart: OnConnectStart;
    readonly onConnect: (connection: Connection) => void;
    readonly onConnectEnd: OnConnectEnd;
    readonly onReconnectStart: (event: ReactMouseEvent, wire: { readonly id: string }) => void;
    readonly onReconnect: (wire: { readonly id: string }, connection: Connection) => void;
    readonly isValidConnection: (connection: {
      readonly source: string;
      readonly sourceHandle?: string | null;
      readonly target: string;
      readonly targetHandle?: string | null;
    }) => boolean;
  };
  /** Catches presses on ports before React Flow has them. */
  readonly catching: {
    readonly onPointerDownCapture: (event: PointerEvent) => void;
    readonly onClickCapture: (event: ReactMouseEvent) => void;
  };
}

const SIDE: Readonly<Record<HandleType, Side>> = { source: 'out', target: 'in' };

/** The port of a handle that React Flow has made. */
function portAt(target: EventTarget): { readonly port: PortRef; readonly side: Side } | undefined {
  const handle = (target as Element).closest('.react-flow__handle');
  const [node, port] = [handle?.getAttribute('data-nodeid'), handle?.getAttribute('data-handleid')];
  return handle && node && port ? { port: { node, port }, side: handle.classList.contains('source') ? 'out' : 'in' } : undefined;
}

/** `placeAt`: the graph that a node on the canvas is of. */
export function useWiringGestures(placeAt: (node: string) => WiringPlace | undefined, drawn: { readonly current: Drawn }): WireGestures {
  const services = useServices();
  const flow = useStoreApi();
  const [wiring, setWiring] = useState<Wiring | null>(null);
  /** The same for React Flow, which goes on calling what it was given when a wire's end was pressed. */
  const inHand = useRef<Wiring | null>(null);
  /** What is pressed may become a drag: of all wires of a port, or of the end of one. */
  const isTakingPort = useRef(false);
  const takenWire = useRef<string | undefined>(undefined);
  const isCancelled = useRef(false);

  const hold = useCallback((next: Wiring | null) => {
    inHand.current = next;
    setWiring(next);
  }, []);
  const lay = useCallback(({ label, recipe }: Laid) => editOrTell(services, label, recipe), [services]);

  const onConnectStart: OnConnectStart = useCallback(
    (_event, { nodeId, handleId, handleType }) => {
      isCancelled.current = false;
      const place = nodeId === null ? undefined : placeAt(nodeId);
      if (!place || nodeId === null || handleId === null || handleType === null) return;
      const { inside, id: node } = splitKey(nodeId);
      const wire = takenWire.current;
      const kind: Held['kind'] = wire !== undefined ? 'end' : isTakingPort.current ? 'port' : 'new';
      const held: Held = {
        inside,
        kind,
        at: { node, port: handleId },
        side: SIDE[handleType],
        ...(wire === undefined ? {} : { wire: splitKey(wire).id }),
      };
      hold(wiringOf(held, place));
    },
    [placeAt, hold],
  );

  /** The end of a connection that is not the port that the hand holds. */
  const otherEnd = useCallback((held: Held, { source, sourceHandle, target, targetHandle }: Partial<Connection>): PortRef | undefined => {
    const [end, port] = held.side === 'out' ? [target, targetHandle] : [source, sourceHandle];
    const { inside, id: node } = splitKey(end ?? '');
    return node && port && inside === held.inside ? { node, port } : undefined;
  }, []);

  const isValidConnection: WireGestures['props']['isValidConnection'] = useCallback(
    (connection) => {
      const wiring = inHand.current;
      if (!wiring) return false;
      const { held } = wiring;
      const port = otherEnd(held, connection as Partial<Connection>);
      if (!port) return false;
      const row = drawn.current.nodes.find(({ id }) => id === keyWithin(held.inside, port.node))?.data.row;
      const wanted: Side = held.kind === 'port' ? held.side : held.side === 'out' ? 'in' : 'out';
      const names = wanted === 'in' ? row?.inputs : row?.outputs;
      return names?.includes(port.port) === true && wiring.whyNot(port.node, port.port, wanted) === undefined;
    },
    [drawn, otherEnd],
  );

  const onConnect = useCallback(
    (connection: Connection) => {
      const wiring = inHand.current;
      if (isCancelled.current || !wiring) return;
      const classId = classOf(wiring.held, placeAt);
      if (classId === undefined) return;
      const port = otherEnd(wiring.held, connection);
      if (port) lay(layTo(wiring.held, classId, port));
    },
    [placeAt, lay, otherEnd],
  );

  /** The ports of a node with those first that a wire dropped on it is meant for. */
  const wiringOrder = useCallback(
    (classId: ClassId, row: { readonly id: string; readonly inputs: readonly string[]; readonly outputs: readonly string[] }) => {
      const ports = nodePorts(services.document.getState().document, classId, row.id);
      return ports ? { inputs: inWiringOrder(ports.inputs), outputs: inWiringOrder(ports.outputs) } : row;
    },
    [services],
  );

  const dropped = useCallback(
    (wiring: Wiring, at: { readonly x: number; readonly y: number }): void => {
      const { held } = wiring;
      const place = placeAt(keyWithin(held.inside, held.at.node));
      if (!place) return;
      const { id: classId } = place.modelClass;
      const under = document.elementFromPoint(at.x, at.y);
      const item = under && itemUnder(under);
      if (item?.kind === 'node' && splitKey(item.id).inside === held.inside) {
        const row = drawn.current.nodes.find(({ id }) => id === item.id)?.data.row;
        if (row && row.id !== held.at.node)
          lay(layTo(held, classId, portOn(wiring, place.modelClass, { ...row, ...wiringOrder(classId, row) })));
        return;
      }
      const gone = letGo(held, classId);
      if (gone) lay(gone);
      else if (held.kind === 'new') {
        focusOn(services.session, place.site);
        orTell(
          services.dialogs,
          'Quick add could not be opened',
          openQuickAdd(services, { at, from: { ...held.at, side: held.side === 'out' ? 'output' : 'input' } }),
        );
      }
    },
    [placeAt, drawn, lay, services, wiringOrder],
  );

  const onConnectEnd: OnConnectEnd = useCallback(
    (event, { isValid, toHandle }) => {
      const wasCancelled = isCancelled.current;
      const wiring = inHand.current;
      hold(null);
      [isCancelled.current, isTakingPort.current, takenWire.current] = [false, false, undefined];
      flow.setState({ connectionMode: ConnectionMode.Strict });
      if (wasCancelled || isValid || toHandle || !wiring) return;
      const { clientX: x, clientY: y } = 'changedTouches' in event ? event.changedTouches[0]! : event;
      try {
        dropped(wiring, { x, y });
      } catch (error) {
        if (!(error instanceof EditError || error instanceof RefusedWire)) throw error;
        services.dialogs.tell(error.message, 'error');
      }
    },
    [flow, hold, dropped, services],
  );

  const onPointerDownCapture = useCallback(
    (event: PointerEvent) => {
      isTakingPort.current = false;
      takenWire.current = undefined;
      const pressed = event.button === 0 ? portAt(event.target) : undefined;
      if (!pressed || !(event.ctrlKey || event.metaKey)) return;
      // The ports of the same side take them, which React Flow allows in this mode alone. It reads the mode at the press.
      isTakingPort.current = true;
      flow.setState({ connectionMode: ConnectionMode.Loose });
    },
    [flow],
  );

  const onClickCapture = useCallback(
    (event: ReactMouseEvent) => {
      if (!event.altKey) return;
      const pressed = portAt(event.target);
      const item = pressed ? undefined : itemUnder(event.target as Element);
      const under = pressed?.port.node ?? (item?.kind === 'wire' ? item.id : undefined);
      const place = under === undefined ? undefined : placeAt(under);
      if (!place || under === undefined) return;
      const { id } = splitKey(under);
      const wires = pressed ? wiresAt(place, { ...pressed.port, node: id }, pressed.side) : [id];
      if (wires.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      lay({
        label: wires.length === 1 ? 'Remove wire' : `Remove ${wires.length} wires`,
        recipe: (doc) => disconnect(doc, place.modelClass.id, wires),
      });
    },
    [placeAt, lay],
  );

  const onReconnectStart = useCallback((_event: ReactMouseEvent, { id }: { readonly id: string }) => void (takenWire.current = id), []);
  const onReconnect = useCallback((_wire: unknown, connection: Connection) => onConnect(connection), [onConnect]);
  useEscape(
    wiring !== null,
    useCallback(() => void (isCancelled.current = true), []),
  );

  const props = useMemo(
    () => ({ onConnectStart, onConnect, onConnectEnd, onReconnectStart, onReconnect, isValidConnection }),
    [onConnectStart, onConnect, onConnectEnd, onReconnectStart, onReconnect, isValidConnection],
  );
  return { wiring, props, catching: { onPointerDownCapture, onClickCapture } };
}

function classOf({ inside, at }: Held, placeAt: (node: string) => WiringPlace | undefined): ClassId | undefined {
  return placeAt(keyWithin(inside, at.node))?.modelClass.id;
}

function wiresAt({ modelClass }: WiringPlace, { node, port }: PortRef, side: Side): readonly NodeId[] {
  const graph = graphOf(modelClass);
  const all = side === 'out' ? graph.outgoing(node).filter(({ from }) => from.port === port) : [graph.wireInto({ node, port })];
  return all.flatMap((wire) => (wire ? [wire.id] : []));
}
