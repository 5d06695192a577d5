/** @file Why the port under the pointer does not take the wire, at the pointer. */
import { useEffect, useRef } from 'react';
import { useConnection } from 'reactflow';
import { splitKey } from '../../../state/session/expansion.ts';
import type { Wiring } from './wiring.ts';

export function WiringNote({ wiring }: { readonly wiring: Wiring }) {
  const over = useConnection(({ toHandle }) => (toHandle ? `${toHandle.type} ${toHandle.nodeId} ${toHandle.id}` : ''));
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = ({ clientX, clientY }: PointerEvent): void => {
      ref.current?.style.setProperty('translate', `${clientX + 16}px ${clientY + 12}px`);
    };
    window.addEventListener('pointermove', follow, { capture: true });
    return () => window.removeEventListener('pointermove', follow, { capture: true });
  }, []);
  const [type, key = '', port] = over.split(' ');
  const { inside, id: node } = splitKey(key);
  const isOwn = node === wiring.held.at.node && port === wiring.held.at.port;
  const isHere = inside === wiring.held.inside;
  const why =
    node && port && !isHere
      ? 'Wires stay within a class. Enter its inputs, or lead its outputs on.'
      : node && port && !isOwn
        ? wiring.whyNot(node, port, type === 'source' ? 'out' : 'in')
        : undefined;
  return (
    <div ref={ref} className="wiring-note" role="status" data-shown={why !== undefined || undefined}>
      {why}
    </div>
  );
}
