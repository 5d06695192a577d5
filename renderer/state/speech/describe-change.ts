/** @file What a step did to the graphs, in a sentence, read off the documents: so every edit is told, whatever made it. */
import { keysOf, touchedSince, type ModelClass, type ModelDocument, type Wire } from '../../../core/document/index.ts';
import { nodeName } from '../../../core/graph/index.ts';

/** More names than these are counted. */
const NAMED = 3;

/** `Added relu. Wired linear to relu.`; empty where no node and no wire came or went. */
export function describeChange(before: ModelDocument, after: ModelDocument): string {
  if (before.classes === after.classes) return '';
  const told: string[] = [];
  for (const id of Object.keys(after.classes)) {
    const [old, now] = [Object.hasOwn(before.classes, id) ? before.classes[id] : undefined, after.classes[id]!];
    if (old && old !== now) told.push(...changesOf(old, now));
    else if (!old) told.push(`Added the class ${now.name}`);
  }
  for (const id of Object.keys(before.classes))
    if (!Object.hasOwn(after.classes, id)) told.push(`Deleted the class ${before.classes[id]!.name}`);
  return told.length === 0 ? '' : `${told.join('. ')}.`;
}

function changesOf(before: ModelClass, after: ModelClass): readonly string[] {
  const told: string[] = [];
  const tell = (verb: string, names: readonly string[], many: string): void => {
    if (names.length > 0) told.push(`${verb} ${names.length > NAMED ? `${names.length} ${many}` : names.join(', ')}`);
  };
  if (before.nodes !== after.nodes) {
    tell('Added', namesOf(after, missing(after.nodes, before.nodes)), 'nodes');
    tell('Deleted', namesOf(before, missing(before.nodes, after.nodes)), 'nodes');
  }
  if (before.wires !== after.wires) {
    tell('Wired', wireNames(after, changedWires(after, before)), 'wires');
    // What went with a node is told with it.
    const gone = changedWires(before, after).filter(
      ({ from, to }) => Object.hasOwn(after.nodes, from.node) && Object.hasOwn(after.nodes, to.node),
    );
    tell('Unwired', wireNames(before, gone), 'wires');
  }
  return told;
}

function missing(of: Readonly<Record<string, unknown>>, from: Readonly<Record<string, unknown>>): readonly string[] {
  return maybeOther(of, from).filter((id) => !Object.hasOwn(from, id));
}

/** The keys of a record under which another may have something else, in its order: after an edit few, whichever of the two came first. */
function maybeOther(of: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): readonly string[] {
  const touched = touchedSince(of, other) ?? touchedSince(other, of);
  if (!touched) return keysOf(of);
  const few = new Set(touched);
  return keysOf(of).filter((id) => few.has(id));
}

/** Wires that the other has not, or has with other ends. */
function changedWires({ wires }: ModelClass, other: ModelClass): readonly Wire[] {
  return maybeOther(wires, other.wires).flatMap((id) => {
    const wire = wires[id]!;
    const same = Object.hasOwn(other.wires, id) ? other.wires[id]! : undefined;
    const isOther =
      !same || (same !== wire && (same.from.node !== wire.from.node || same.to.node !== wire.to.node || same.to.port !== wire.to.port));
    return isOther ? [wire] : [];
  });
}

function namesOf(modelClass: ModelClass, ids: readonly string[]): readonly string[] {
  return ids.length > NAMED ? ids : ids.map((id) => nodeName(modelClass, modelClass.nodes[id]!));
}

function wireNames(modelClass: ModelClass, wires: readonly Wire[]): readonly string[] {
  const nameOf = (id: string): string => (Object.hasOwn(modelClass.nodes, id) ? nodeName(modelClass, modelClass.nodes[id]!) : 'nothing');
  return wires.map(({ from, to }) => `${nameOf(from.node)} to ${nameOf(to.node)}`);
}
