/** @file Jumping from a problem or a path to the place on the canvas. */
import type { NodeId, Path, Place } from '../../core/document/index.ts';
import { graphOf } from '../../core/graph/index.ts';
import { findClassAt, findInstance, findMemberAt } from '../state/derived/find-instance.ts';
import { insideAt } from '../state/derived/frames.ts';
import { pathKey } from '../state/paths.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import type { CommandContext } from './command.ts';

/** Opens the class of a place in the data-flow lens and selects its node or wire. */
export function showPlace({ canvas, document, session }: CommandContext, place: Place, { opensInspector = true } = {}): void {
  const { document: model } = document.getState();
  const inspector = opensInspector ? { rightOpen: true } : {};
  if (place.setting !== undefined || place.class === undefined) {
    session.set({ selection: NOTHING_SELECTED, ...inspector });
    return;
  }
  const modelClass = model.classes[place.class];
  // Where it arises, if one knows; on the canvas as it is, if that shows it.
  const open = (place.instance && findClassAt(model, place.instance)?.open) ??
    findInstance(model, place.class) ?? [{ class: place.class, instance: [] }];
  const inside = insideAt(model, session.getState(), open);
  const probed = modelClass?.probes.find((probe) => probe.id === place.probe)?.at.node;
  // Through an alias as well: the call shows what is wrong with the member behind it.
  const [calling] = modelClass && place.member !== undefined ? graphOf(modelClass).callsOf(place.member) : [];
  const node = place.node ?? probed ?? calling?.id;
  const wire = node === undefined ? place.wire : undefined;
  session.set({
    lens: 'flow',
    open,
    inside,
    ...inspector,
    selection: { ...NOTHING_SELECTED, nodes: node === undefined ? [] : [node], wires: wire === undefined ? [] : [wire] },
  });
  if (node !== undefined) canvas.revealNode(node);
}

/** Selects a node of the instance at a path in the data-flow lens; without a node the Module at the path, or what calls it. */
export function showPath(context: CommandContext, path: Path, node: NodeId | null): void {
  const { canvas, document, session } = context;
  const { document: model } = document.getState();
  const at = node === null ? undefined : findClassAt(model, path);
  if (node !== null && at) {
    session.set({
      lens: 'flow',
      open: at.open,
      inside: insideAt(model, session.getState(), at.open),
      rightOpen: true,
      selection: { ...NOTHING_SELECTED, nodes: [node] },
    });
    canvas.revealNode(node);
    return;
  }
  const found = findMemberAt(model, path);
  if (session.getState().lens === 'structure' || !found) {
    session.select({ modules: [pathKey(path)] });
    canvas.revealModule(path);
    return;
  }
  showPlace(context, { class: found.class, member: found.member });
}
