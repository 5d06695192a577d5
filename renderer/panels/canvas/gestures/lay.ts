/** @file What becomes of a wire in the hand where it is let go: one undoable step each. */
import {
  connect,
  disconnect,
  EditError,
  moveWires,
  rewire,
  type ClassId,
  type ModelClass,
  type ModelDocument,
  type PortRef,
} from '../../../../core/document/index.ts';
import { graphOf } from '../../../../core/graph/index.ts';
import type { Held, Wiring } from './wiring.ts';

export interface Laid {
  readonly label: string;
  readonly recipe: (document: ModelDocument) => ModelDocument;
}

/** On a port that it may end in. */
export function layTo(held: Held, classId: ClassId, port: PortRef): Laid {
  if (held.kind === 'port') {
    const side = held.side === 'in' ? 'input' : 'output';
    return { label: 'Move wires', recipe: (document) => moveWires(document, classId, side, held.at, port) };
  }
  const [from, to] = held.side === 'out' ? [held.at, port] : [port, held.at];
  const { wire } = held;
  if (wire !== undefined) return { label: 'Move wire', recipe: (document) => rewire(document, classId, wire, from, to) };
  return { label: 'Connect', recipe: (document) => connect(document, classId, from, to) };
}

/** On the empty canvas: a wire that was there goes, a new one never was. */
export function letGo({ wire }: Held, classId: ClassId): Laid | undefined {
  return wire === undefined ? undefined : { label: 'Remove wire', recipe: (document) => disconnect(document, classId, [wire]) };
}

/** On the body of a node: its first port that takes the wire, one that is free before one that is taken. @throws EditError where there is none. */
export function portOn(
  { held, whyNot, fits }: Wiring,
  modelClass: ModelClass,
  node: { readonly id: string; readonly inputs: readonly string[]; readonly outputs: readonly string[]; readonly title: string },
): PortRef {
  const side = held.kind === 'port' ? held.side : held.side === 'out' ? 'in' : 'out';
  const names = side === 'in' ? node.inputs : node.outputs;
  const possible = fits(node.id, side) ? names.filter((port) => whyNot(node.id, port, side) === undefined) : [];
  const graph = graphOf(modelClass);
  const free = side === 'in' ? possible.find((port) => !graph.wireInto({ node: node.id, port })) : possible[0];
  const port = free ?? (possible.length === 1 ? possible[0] : undefined);
  if (port !== undefined) return { node: node.id, port };
  if (possible.length > 0)
    throw new EditError(
      `a free input of ${node.title}`,
      'one whose inputs are all wired',
      'Drop the wire on the input that it shall replace.',
    );
  const reason = names[0] === undefined ? undefined : whyNot(node.id, names[0], side);
  if (reason !== undefined) throw new RefusedWire(reason);
  const word = side === 'in' ? 'input' : 'output';
  throw new EditError(`a node with an ${word}`, node.title, `Drop the wire on a node that has an ${word}.`);
}

/** A reason that is in words already. */
export class RefusedWire extends Error {}
