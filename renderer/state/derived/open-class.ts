/** @file Which class the data-flow lens shows. */
import type { ModelClass, ModelDocument } from '../../../core/document/index.ts';
import type { OpenStep } from '../session/store.ts';

/** The open breadcrumb as far as the document still has it: undo can take a class away under it. */
export function validOpen(document: ModelDocument, open: readonly OpenStep[]): readonly OpenStep[] {
  const gone = open.findIndex((step) => !Object.hasOwn(document.classes, step.class));
  return gone === -1 ? open : open.slice(0, gone);
}

/** The class whose graph is edited; undefined if the document has no root class. */
export function findOpenClass(document: ModelDocument, open: readonly OpenStep[]): ModelClass | undefined {
  const id = validOpen(document, open).at(-1)?.class ?? document.root.class;
  return Object.hasOwn(document.classes, id) ? document.classes[id] : undefined;
}
