/** @file A template comes into the open class as one box, below all that is there, or as a document of its own. */
import { addMember, annotationsOf, bringDocument, type ModelClass, type ModelDocument, type Point } from '../../../core/document/index.ts';
import { editWithIds } from '../../state/edit-or-tell.ts';
import { findOpenClass } from '../../state/derived/open-class.ts';
import { NOTHING_SELECTED } from '../../state/session/store.ts';
import type { Template } from '../../state/templates.ts';
import type { Command, CommandContext } from '../command.ts';
import { confirmUnsaved } from './confirm-unsaved.ts';
import { showDocument } from './open-document.ts';

/** The room that a node takes with its labels, and what is left free below. */
const NODE_ROOM = 160;
const GAP = 48;

/** Below every node and note, at the left edge of the nodes. */
export function cornerBelow(modelClass: ModelClass): Point {
  const nodes = Object.values(modelClass.layout);
  const bottoms = [...nodes.map(({ y }) => y + NODE_ROOM), ...annotationsOf(modelClass).map(({ y, height }) => y + height)];
  if (bottoms.length === 0) return { x: 0, y: 0 };
  const left = nodes.length === 0 ? 0 : Math.min(...nodes.map(({ x }) => x));
  return { x: left, y: Math.max(...bottoms) + GAP };
}

/** As a member of the open class, selected and wired to nothing: one undoable step. */
export function insertTemplate(context: CommandContext, { title, document: template }: Template): void {
  const { open } = context.session.getState();
  const openClass = findOpenClass(context.document.getState().document, open);
  if (!openClass) {
    context.dialogs.tell('There is no class to insert into. Open one first.', 'error');
    return;
  }
  context.session.set({ lens: 'flow' });
  const made = editWithIds(
    context,
    `Insert ${title}`,
    (document) => {
      const brought = bringDocument(document, template, openClass.id);
      return addMember(brought.document, openClass.id, { type: brought.type, args: brought.args, at: cornerBelow(openClass) });
    },
    ({ node }) => ({ open, selection: { ...NOTHING_SELECTED, nodes: [node] } }),
  );
  if (!made) return;
  // Once the dialog is gone and the node is drawn.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      context.canvas.keepInSight(made.node);
      context.canvas.focusNode(made.node);
    }),
  );
}

/** As an untitled document in place of the present one. */
export async function openTemplate(context: CommandContext, { document }: Template): Promise<void> {
  if (!(await confirmUnsaved(context))) return;
  await context.data.need(document);
  showDocument(context, document, null);
}

/** Whether nothing has been drawn yet: an input that goes straight to an output. */
export function isBlank({ classes }: ModelDocument): boolean {
  const [only, ...others] = Object.values(classes);
  return others.length === 0 && only !== undefined && only.members.length === 0 && Object.keys(only.nodes).length <= 2;
}

/** Into what is there; in place of a document in which nothing has been drawn. */
export async function takeTemplate(context: CommandContext, template: Template): Promise<void> {
  if (isBlank(context.document.getState().document)) await openTemplate(context, template);
  else insertTemplate(context, template);
}

/** An entry of the command palette for each. */
export function templateCommands({ templates }: Pick<CommandContext, 'templates'>): readonly Command[] {
  return templates.getState().all.map((template, order) => ({
    id: `insert-template:${template.key}`,
    title: `Insert ${template.isOwn ? 'from My Library' : 'Template'}: ${template.title}`,
    group: 'file',
    section: 0,
    order: 100 + order,
    keys: [],
    run: (context) => takeTemplate(context, template),
  }));
}
