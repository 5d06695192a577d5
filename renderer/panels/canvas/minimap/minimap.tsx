/** @file The small map over a corner of the canvas, with a frame around what is in sight: a click goes there, a drag pans, the wheel zooms. */
import { useEffect, useRef, useState, type WheelEvent } from 'react';
import { useReactFlow, useStore } from 'reactflow';
import type { Point } from '../../../../core/document/index.ts';
import { useEffectiveTheme } from '../../../hooks/use-theme.ts';
import { useSession } from '../../../hooks/session.ts';
import { isMinimapShown } from '../../../state/session/minimap.ts';
import { MANY_NODES } from '../limits.ts';
import { boundsOfBoxes, frameOn, holds, scaleToFit, toCanvas, toMap, type Bounds, type MapBox, type MapScale } from './map.ts';
import { paintMap } from './paint.ts';

const MOST_WIDTH = 200;
const MOST_HEIGHT = 140;
/** Of a small canvas it takes less. */
const SHARE = 0.24;
/** Of a large graph the map follows when the hand rests. */
const REST_MS = 150;

/** A pointer that moves less has clicked. */
const CLICK = 3;

interface Held {
  readonly at: Point;
  readonly reach: Point;
  readonly isClick: boolean;
}

interface MinimapProps {
  /** How many nodes there are. */
  readonly size: number;
  /** What is drawn: another function where anything of it is another. Called when there is time. */
  readonly boxes: () => readonly MapBox[];
}

export function Minimap({ size, boxes }: MinimapProps) {
  const isShown = useSession((state) => isMinimapShown(state, size));
  // Its colours are those of the theme.
  const theme = useEffectiveTheme();
  return isShown && size > 0 ? <Shown key={theme} size={size} boxes={boxes} /> : null;
}

function Shown({ size, boxes }: MinimapProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const across = useStore(({ width }) => Math.round(Math.max(96, Math.min(MOST_WIDTH, width * SHARE))));
  const high = useStore(({ height }) => Math.round(Math.max(64, Math.min(MOST_HEIGHT, height * SHARE))));
  const [map, setMap] = useState<MapScale | null>(null);
  useEffect(() => {
    const paint = (): void => {
      const drawn = boxes();
      const bounds = boundsOfBoxes(drawn);
      if (!bounds || !ref.current) return;
      const next = scaleToFit(bounds, { width: across, height: high });
      setMap((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
      paintMap(ref.current, next, drawn);
    };
    if (size > MANY_NODES) {
      const waiting = setTimeout(paint, REST_MS);
      return () => clearTimeout(waiting);
    }
    const next = requestAnimationFrame(paint);
    return () => cancelAnimationFrame(next);
  }, [size, boxes, across, high]);
  return (
    <div className="minimap" style={map ? { width: map.width, height: map.height } : { width: across, height: 0, visibility: 'hidden' }}>
      <canvas ref={ref} role="img" aria-label={`Map of ${size} nodes`} style={map ? { width: map.width, height: map.height } : {}} />
      {map && <View map={map} />}
    </div>
  );
}

/** The frame, and all that the pointer does. It alone follows the view: the map below is not drawn again. */
function View({ map }: { readonly map: MapScale }) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const [x, y, zoom] = useStore((state) => state.transform);
  /** Where it was taken hold of, and from there to the middle of the frame. */
  const held = useRef<Held | null>(null);
  const view: Bounds = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  const frame = frameOn(map, view);
  const pointOf = ({ currentTarget, clientX, clientY }: { currentTarget: Element; clientX: number; clientY: number }) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const lookAt = (point: Point): void => {
    const { x, y } = toCanvas(map, point);
    void flow.setCenter(x, y, { zoom });
  };
  return (
    <div
      className="minimap-pointer"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = pointOf(event);
        const middle = toMap(map, { x: view.x + view.width / 2, y: view.y + view.height / 2 });
        const isFrame = holds(frame, at);
        held.current = { at, reach: isFrame ? { x: middle.x - at.x, y: middle.y - at.y } : { x: 0, y: 0 }, isClick: true };
        if (!isFrame) lookAt(at);
      }}
      onPointerMove={(event) => {
        if (!held.current) return;
        const at = pointOf(event);
        const { at: from, reach, isClick } = held.current;
        if (isClick && Math.hypot(at.x - from.x, at.y - from.y) < CLICK) return;
        held.current = { ...held.current, isClick: false };
        lookAt({ x: at.x + reach.x, y: at.y + reach.y });
      }}
      onPointerUp={() => held.current?.isClick && lookAt(held.current.at)}
      onLostPointerCapture={() => (held.current = null)}
      onWheel={(event: WheelEvent) => {
        const at = toCanvas(map, pointOf(event));
        const next = Math.min(4, Math.max(0.01, zoom * 2 ** (-event.deltaY / 240)));
        void flow.setCenter(at.x, at.y, { zoom: next });
      }}
    >
      <div className="minimap-frame" style={{ left: frame.x, top: frame.y, width: frame.width, height: frame.height }} />
    </div>
  );
}
