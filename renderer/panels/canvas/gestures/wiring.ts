/** @file A wire in the hand: which ports it may end in, and why not in the others. */
import { createContext, useContext } from 'react';
import { whyNotCarry, type Check } from '../../../../core/check/index.ts';
import type { ModelClass, ModelDocument, NodeId, Path, PortRef, WireId } from '../../../../core/document/index.ts';
import { graphOf } from '../../../../core/graph/index.ts';
import type { Site } from '../expansion/site.ts';
import { whyNotWire } from '../facts.ts';

export type Side = 'in' | 'out';

/** What is in the hand: a new wire, one that was there, or with Ctrl all the wires of a port. */
export interface Held {
  /** The graph that it is in, by the key of what is expanded. */
  readonly inside: string;
  readonly kind: 'new' | 'end' | 'port';
  /** The port that stays; for `port` the one whose wires move. */
  readonly at: PortRef;
  readonly side: Side;
  /** For `end`: the wire. */
  readonly wire?: WireId;
}

/** What is asked of a wire in the hand. */
export interface Wiring {
  readonly held: Held;
  /** For every port in sight: whether it may end there, by direction, cycles and the kind of numbers. Other shapes are shown once it is laid. */
  fits(node: NodeId, side: Side, port?: string): boolean;
  /** In words for the user, of the port under the pointer. */
  whyNot(node: NodeId, port: string, side: Side): string | undefined;
}

export interface WiringPlace {
  readonly document: ModelDocument;
  readonly check: Check;
  readonly modelClass: ModelClass;
  readonly instance: Path;
  readonly site: Site;
}

export function wiringOf(held: Held, { document, check, modelClass, instance }: WiringPlace): Wiring {
  const graph = graphOf(modelClass);
  const wanted: Side = held.kind === 'port' ? held.side : held.side === 'out' ? 'in' : 'out';
  // Where a wire would close a cycle: before the port that gives, behind the one that takes.
  const closing =
    held.kind === 'port'
      ? new Set<NodeId>()
      : reached(held.at.node, (id) =>
          held.side === 'out' ? graph.incoming(id).map(({ from }) => from.node) : graph.outgoing(id).map(({ to }) => to.node),
        );
  const known = check.instanceAt(modelClass.id, instance);
  const carries = (other: PortRef): boolean => {
    if (!known || held.kind === 'port') return true;
    const [from, to] = held.side === 'out' ? [held.at, other] : [other, held.at];
    return whyNotCarry(known, from, to) === undefined;
  };
  return {
    held,
    fits: (node, side, port) => side === wanted && !closing.has(node) && (port === undefined || carries({ node, port })),
    whyNot(node, port, side) {
      if (side !== wanted) return `Expected an ${word(wanted)}, got an ${word(side)}. End at an ${word(wanted)} port.`;
      if (held.kind === 'port') return undefined;
      const other = { node, port };
      const [from, to] = held.side === 'out' ? [held.at, other] : [other, held.at];
      return whyNotWire(document, check, modelClass, instance, from, to);
    },
  };
}

function word(side: Side): string {
  return side === 'in' ? 'input' : 'output';
}

/** A node and all that lie behind it. */
function reached(start: NodeId, next: (id: NodeId) => readonly NodeId[]): ReadonlySet<NodeId> {
  const seen = new Set([start]);
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const each of next(id)) {
      if (seen.has(each)) continue;
      seen.add(each);
      open.push(each);
    }
  return seen;
}

const WiringContext = createContext<Wiring | null>(null);
export const WiringProvider = WiringContext.Provider;

/** The wire in the hand; null while there is none. */
export function useWiring(): Wiring | null {
  return useContext(WiringContext);
}
