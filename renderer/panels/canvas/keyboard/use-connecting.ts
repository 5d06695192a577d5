/**
 * @file Wires by the keyboard: begun at a node, led to a port by the arrows or by typing its name, laid by Enter, left by Escape. Ports that do not
 * fit are dimmed as under the pointer, and say why.
 */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { NodeId } from '../../../../core/document/index.ts';
import { graphOf, nodeName } from '../../../../core/graph/index.ts';
import { useServices } from '../../../hooks/services.ts';
import { editOrTell } from '../../../state/edit-or-tell.ts';
import { keyWithin } from '../../../state/session/expansion.ts';
import { layTo } from '../gestures/lay.ts';
import { wiringOf, type Held, type Side, type Wiring, type WiringPlace } from '../gestures/wiring.ts';
import { choicesOf, portsOf, stepFrom, wantedOf, type Choice } from './choices.ts';

export interface Connecting {
  readonly wiring: Wiring;
  readonly title: string;
  readonly typed: string;
  /** Undefined where nothing has the typed name, or nothing fits. */
  readonly choice: Choice | undefined;
  /** Why the choice cannot be taken. */
  readonly why: string | undefined;
  readonly place: readonly [at: number, of: number];
}

interface Begun {
  readonly held: Held;
  readonly typed: string;
  readonly at: number;
}

const STEPS: Readonly<Record<string, readonly [1 | -1, 'port' | 'node']>> = {
  ArrowRight: [1, 'node'],
  ArrowLeft: [-1, 'node'],
  ArrowDown: [1, 'port'],
  ArrowUp: [-1, 'port'],
};

/** The port that a wire begins at: the first output, or the first input that is free. */
function firstPort(place: WiringPlace, node: NodeId, side: Side): string | undefined {
  const ports = portsOf(place, node, side === 'out' ? 'outputs' : 'inputs');
  const graph = graphOf(place.modelClass);
  return (side === 'in' ? ports.find((port) => !graph.wireInto({ node, port })) : undefined) ?? ports[0];
}

/** `placeAt`: the graph that a node on the canvas is of. */
export function useConnecting(placeAt: (key: string) => WiringPlace | undefined): {
  readonly connecting: Connecting | null;
  readonly begin: (node: NodeId, side: Side) => void;
} {
  const services = useServices();
  const { announcer, canvas, session } = services;
  const [begun, setBegun] = useState<Begun | null>(null);
  const held = begun?.held;
  const place = useMemo(() => (held ? placeAt(keyWithin(held.inside, held.at.node)) : undefined), [held, placeAt]);
  const wiring = useMemo(() => (held && place ? wiringOf(held, place) : undefined), [held, place]);
  const typed = begun?.typed ?? '';
  const choices = useMemo(() => (wiring && place ? choicesOf(place, wiring, typed) : []), [wiring, place, typed]);
  const choice = choices[begun?.at ?? 0];
  const wanted: Side = wiring && wantedOf(wiring) === 'inputs' ? 'in' : 'out';
  const why = choice && wiring?.whyNot(choice.node, choice.port, wanted);

  const begin = useCallback(
    (node: NodeId, side: Side) => {
      const { inside } = session.getState();
      const found = placeAt(keyWithin(inside, node));
      if (!found || !Object.hasOwn(found.modelClass.nodes, node)) return;
      const other: Side = side === 'out' ? 'in' : 'out';
      const way = firstPort(found, node, side) === undefined ? other : side;
      const port = firstPort(found, node, way);
      if (port === undefined) announcer.say('It has no ports yet.');
      else setBegun({ held: { inside, kind: 'new', at: { node, port }, side: way }, typed: '', at: 0 });
    },
    [placeAt, session, announcer],
  );

  // The graph may go while one chooses.
  const isGone = begun !== null && !(place && Object.hasOwn(place.modelClass.nodes, begun.held.at.node));
  if (isGone) setBegun(null);

  const title = begun && place && !isGone ? nodeName(place.modelClass, place.modelClass.nodes[begun.held.at.node]!) : '';
  const fromText = begun ? `${begun.held.side === 'out' ? 'Wire from' : 'Wire into'} ${title}` : '';
  useEffect(() => {
    if (fromText !== '') announcer.say(`${fromText}. Arrows or letters choose, Enter wires, Escape leaves.`);
  }, [fromText, announcer]);

  const spoken = begun === null ? '' : spokenChoice(choice, why, begun.typed);
  useEffect(() => {
    announcer.say(spoken);
  }, [spoken, announcer]);
  useEffect(() => {
    if (choice) canvas.keepInSight(choice.node);
  }, [choice, canvas]);

  const lay = useCallback(() => {
    if (!begun || !place) return;
    if (!choice || why !== undefined) {
      announcer.say(why ?? 'Nothing to wire to.');
      return;
    }
    const { label, recipe } = layTo(begun.held, place.modelClass.id, choice);
    if (editOrTell(services, label, recipe)) setBegun(null);
  }, [begun, place, choice, why, services, announcer]);

  useEffect(() => {
    if (!begun) return undefined;
    const leave = (): void => setBegun(null);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey) {
        leave();
        return;
      }
      if (event.altKey || event.isComposing) return;
      const step = STEPS[event.key];
      if (step) setBegun({ ...begun, at: stepFrom(choices, begun.at, ...step) });
      else if (event.key === 'Enter') lay();
      else if (event.key === 'Escape') leave();
      else if (event.key === 'Backspace') setBegun({ ...begun, typed: begun.typed.slice(0, -1), at: 0 });
      else if (event.key.length === 1 && event.key !== ' ') setBegun({ ...begun, typed: begun.typed + event.key, at: 0 });
      else if (event.key === 'Tab') leave();
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    window.addEventListener('pointerdown', leave, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      window.removeEventListener('pointerdown', leave, { capture: true });
    };
  }, [begun, choices, lay]);

  const connecting = useMemo(
    (): Connecting | null =>
      begun && wiring ? { wiring, title: fromText, typed: begun.typed, choice, why, place: [begun.at + 1, choices.length] } : null,
    [begun, wiring, fromText, choice, why, choices.length],
  );
  return { connecting, begin };
}

function spokenChoice(choice: Choice | undefined, why: string | undefined, typed: string): string {
  if (!choice) return typed === '' ? 'Nothing here takes the wire.' : `Nothing that is called ${typed} takes a wire.`;
  if (why !== undefined) return `${choice.title} does not fit. ${why}`;
  return choice.replaces === undefined ? choice.title : `${choice.title}, in place of ${choice.replaces}`;
}
