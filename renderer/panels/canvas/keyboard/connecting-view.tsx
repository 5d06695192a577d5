/** @file A wire in the hand of the keyboard: from where, to where, and what the keys do. */
import { ViewportPortal } from 'reactflow';
import { portPoint } from '../../../state/layout/node-size.ts';
import type { Scope } from '../expansion/scene.ts';
import type { FlowNode } from '../node-view.tsx';
import type { Connecting } from './use-connecting.ts';
import './connecting.css';

/** Around a node. */
const ROOM = 5;

export function ConnectingView({ connecting, scope }: { readonly connecting: Connecting; readonly scope: Scope }) {
  const { wiring, title, typed, choice, why, place } = connecting;
  const { held } = wiring;
  const from = scope.drawing.byId.get(held.at.node);
  const to = choice && scope.drawing.byId.get(choice.node);
  const start = from && pointOf(from, held.side, held.at.port);
  const end = to && choice && pointOf(to, held.side === 'out' ? 'in' : 'out', choice.port);
  return (
    <>
      <ViewportPortal>
        <svg className="connecting" data-fits={why === undefined ? 'yes' : 'no'} aria-hidden>
          {from && <Ring node={from} role="from" />}
          {to && <Ring node={to} role="to" />}
          {start && end && <path d={curve(held.side === 'out' ? [start, end] : [end, start], from.data.direction === 'down')} />}
        </svg>
      </ViewportPortal>
      <div className="connecting-bar" data-fits={why === undefined ? 'yes' : 'no'}>
        <span>
          {title} {held.side === 'out' ? '→' : '←'} <strong>{choice ? choice.title : 'nothing'}</strong>
          {choice?.replaces !== undefined && why === undefined && ` in place of ${choice.replaces}`}
          {choice && <small> {place.join(' of ')}</small>}
        </span>
        {typed !== '' && <kbd>{typed}</kbd>}
        {why !== undefined && <em>{why}</em>}
        <small>Arrows or letters choose, Enter wires, Esc leaves</small>
      </div>
    </>
  );
}

function Ring({ node, role }: { readonly node: FlowNode; readonly role: 'from' | 'to' }) {
  const { position, width = 0, height = 0 } = node;
  return <rect className={role} x={position.x - ROOM} y={position.y - ROOM} width={width + 2 * ROOM} height={height + 2 * ROOM} rx={10} />;
}

interface At {
  readonly x: number;
  readonly y: number;
}

function pointOf({ position, width = 0, height = 0, data: { row, direction } }: FlowNode, side: 'in' | 'out', port: string): At {
  const names = side === 'in' ? row.inputs : row.outputs;
  const at = portPoint(side, names.length, Math.max(0, names.indexOf(port)), height, direction, width);
  return { x: position.x + at.x, y: position.y + at.y };
}

function curve([a, b]: readonly [At, At], isDown: boolean): string {
  const reach = Math.max(40, (isDown ? Math.abs(b.y - a.y) : Math.abs(b.x - a.x)) / 2);
  return isDown
    ? `M${a.x} ${a.y}C${a.x} ${a.y + reach} ${b.x} ${b.y - reach} ${b.x} ${b.y}`
    : `M${a.x} ${a.y}C${a.x + reach} ${a.y} ${b.x - reach} ${b.y} ${b.x} ${b.y}`;
}
