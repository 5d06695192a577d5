/** @file Every class of a document as a picture, seen or not: what a page that is shared shows. */
import type { Check } from '../../../../core/check/index.ts';
import { annotationsOf, type ClassId, type ModelDocument } from '../../../../core/document/index.ts';
import type { Picture } from '../../../state/canvas-port.ts';
import { findInstance } from '../../../state/derived/find-instance.ts';
import type { Direction } from '../../../state/layout/graph.ts';
import { NOTHING_SELECTED } from '../../../state/session/store.ts';
import { PLAIN_ROOM } from '../expansion/room.ts';
import { FlowStore } from '../flow-store.ts';
import { Router } from '../routing/router.ts';
import { toPicture } from './picture.ts';

interface Pictured {
  readonly document: ModelDocument;
  readonly check: Check;
  readonly direction: Direction;
  /** The address that a use of a class leads to. */
  readonly linkTo: (used: ClassId) => string;
}

/** By class, with the shapes of the first of its instances; none of a class that is empty. */
export function drawClasses({ document, check, direction, linkTo }: Pictured): ReadonlyMap<ClassId, Picture> {
  const pictures = new Map<ClassId, Picture>();
  for (const modelClass of Object.values(document.classes)) {
    const open = findInstance(document, modelClass.id) ?? [];
    const instance = open.at(-1)?.instance ?? [];
    const { nodes, wires } = new FlowStore().draw({
      document,
      check,
      modelClass,
      instance,
      site: { key: '', class: modelClass.id, open, instance },
      room: PLAIN_ROOM,
      selection: NOTHING_SELECTED,
      tabStop: undefined,
      modules: [],
      direction,
      dragged: {},
    });
    const picture = toPicture({
      title: modelClass.name,
      nodes,
      wires: new Router().route({ nodes, wires }, {}, direction),
      annotations: annotationsOf(modelClass),
      linkTo: ({ data: { row } }) => (row.enters === null ? undefined : linkTo(row.enters)),
    });
    if (picture) pictures.set(modelClass.id, picture);
  }
  return pictures;
}
