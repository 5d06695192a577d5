import { findClass, moveNodes, type NodeId, type Point } from '../../../core/document/index.ts';
import { findOpenClass } from '../../state/derived/open-class.ts';
import { editOrTell } from '../../state/edit-or-tell.ts';
import { formatPlural } from '../../ui/format.ts';
import type { CommandContext } from '../command.ts';

/** Lays out all nodes of the open class, or only some of them where they are: one undoable step, once the layout is there. False: it is as it was. */
export async function arrangeNodes(context: CommandContext, only?: readonly NodeId[]): Promise<boolean> {
  const { open } = context.session.getState();
  const { document } = context.document.getState();
  const modelClass = findOpenClass(document, open);
  const nodes = modelClass && (only ?? Object.keys(modelClass.nodes));
  if (!modelClass || nodes === undefined || nodes.length === 0) return false;
  const points = await context.arranger.arrange({
    document,
    modelClass,
    instance: open.at(-1)?.instance,
    check: context.check.getState().check,
    nodes,
    corner: cornerOf(nodes.flatMap((id) => modelClass.layout[id] ?? [])),
  });
  if (!points) return false;
  if (findClass(context.document.getState().document, modelClass.id) !== modelClass) {
    context.dialogs.tell('The graph has changed while it was arranged, so it was left as it is. Arrange it again.');
    return false;
  }
  return editOrTell(context, `Arrange ${formatPlural(nodes.length, 'node')}`, (present) => moveNodes(present, modelClass.id, points));
}

function cornerOf(points: readonly Point[]): Point {
  if (points.length === 0) return { x: 0, y: 0 };
  return points.reduce((corner, { x, y }) => ({ x: Math.min(corner.x, x), y: Math.min(corner.y, y) }));
}
