/** @file Notes that belong to a wire: they go where it goes, and with it. Without them a class is as it was. */
import { isSamePort } from '../find.ts';
import type { Annotation, ModelClass, NodeId, Note, Point, WireId } from '../schema.ts';

/** The class with these notes and frames; one without any has no list of them. */
export function withAnnotations(modelClass: ModelClass, annotations: readonly Annotation[]): ModelClass {
  const { annotations: before, ...rest } = modelClass;
  if (annotations.length === 0) return before === undefined ? modelClass : rest;
  return before === annotations ? modelClass : { ...rest, annotations };
}

function wireOf(annotation: Annotation): WireId | undefined {
  return annotation.kind === 'note' ? annotation.wire : undefined;
}

/** The notes of wires that both begin and end within some nodes. */
export function notesWithin({ annotations = [], wires }: ModelClass, nodes: ReadonlySet<NodeId>): readonly string[] {
  return annotations.flatMap((each) => {
    const wire = wires[wireOf(each) ?? ''];
    return wire && nodes.has(wire.from.node) && nodes.has(wire.to.node) ? [each.id] : [];
  });
}

/** The note as one of another wire; of none, it stays where it is. */
export function onWire<T extends Annotation>(annotation: T, wire: WireId | undefined): T {
  if (wireOf(annotation) === wire) return annotation;
  const { wire: _before, ...free } = annotation as T & { readonly wire?: WireId };
  return (wire === undefined ? free : { ...free, wire }) as T;
}

/** After an edit: the note of a wire that is gone is one of the wire that took its place, with one of its ends, or goes with it. */
export function keepWireNotes(before: ModelClass, after: ModelClass): ModelClass {
  const { annotations } = after;
  if (!annotations || before.wires === after.wires) return after;
  const isLost = (each: Annotation): boolean => {
    const wire = wireOf(each);
    return wire !== undefined && Object.hasOwn(before.wires, wire) && !Object.hasOwn(after.wires, wire);
  };
  if (!annotations.some(isLost)) return after;
  const laid = Object.values(after.wires).filter(({ id }) => !Object.hasOwn(before.wires, id));
  const kept = annotations.flatMap((each) => {
    if (!isLost(each)) return [each];
    const gone = before.wires[wireOf(each)!]!;
    const next = laid.find(({ to }) => isSamePort(to, gone.to)) ?? laid.find(({ from }) => isSamePort(from, gone.from));
    return next ? [onWire(each, next.id)] : [];
  });
  return withAnnotations(after, kept);
}

/** Where notes go whose wires' ends are moved to points: as far as the middle of both ends. Notes of other wires are not named. */
export function wireNotePoints(
  { annotations = [], wires, layout }: ModelClass,
  points: Readonly<Record<NodeId, Point>>,
): Readonly<Record<string, Point>> {
  const shiftOf = (node: NodeId): Point => {
    const [from, to] = [layout[node], points[node]];
    return from && to ? { x: to.x - from.x, y: to.y - from.y } : { x: 0, y: 0 };
  };
  return Object.fromEntries(
    annotations.flatMap((each) => {
      const wire = wires[wireOf(each) ?? ''];
      if (!wire) return [];
      const [a, b] = [shiftOf(wire.from.node), shiftOf(wire.to.node)];
      const [dx, dy] = [Math.round((a.x + b.x) / 2), Math.round((a.y + b.y) / 2)];
      return dx === 0 && dy === 0 ? [] : [[each.id, { x: each.x + dx, y: each.y + dy }] as const];
    }),
  );
}

/** The class with the notes of wires moved along with the nodes that are moved to points. */
export function moveWireNotes(modelClass: ModelClass, points: Readonly<Record<NodeId, Point>>): readonly Annotation[] | undefined {
  const { annotations } = modelClass;
  if (!annotations?.some((each) => wireOf(each) !== undefined)) return annotations;
  const to = wireNotePoints(modelClass, points);
  return annotations.map((each) => (Object.hasOwn(to, each.id) ? ({ ...each, ...to[each.id] } as Note) : each));
}
