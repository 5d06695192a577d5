import {
  copyNodes,
  EditError,
  moveNodes,
  paste,
  readClipping,
  removeAnnotations,
  removeNodes,
  writeClipping,
  type ClassId,
  type Clipping,
  type ModelClass,
  type ModelDocument,
  type Pasted,
  type Point,
} from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { formatItems } from './shared/format-items.ts';
import type { Command, CommandContext } from './command.ts';
import { editOrTell, editWithIds } from '../state/edit-or-tell.ts';
import { afterDrawing } from './shared/after-drawing.ts';
import { readClipboard, writeClipboard } from './shared/system-clipboard.ts';

/** Between what is there and what is pasted under it. */
const BELOW = 144;

/** What was cut or copied here last: its text tells whether it still is what the clipboard holds, and `loads` in which document. */
interface Latest {
  /** Until then the system may still hold what was copied before. */
  isWritten: boolean;
  readonly text: string;
  readonly clipping: Clipping;
  readonly loads: number;
  readonly classId: ClassId;
}

const latest = new WeakMap<CommandContext['session'], Latest>();

function hasNodes({ session }: CommandContext): boolean {
  const { lens, selection } = session.getState();
  return lens === 'flow' && selection.nodes.length + selection.annotations.length > 0;
}

function copy({ document, session }: CommandContext): string | undefined {
  const { open, selection } = session.getState();
  const { document: model, loads } = document.getState();
  const openClass = findOpenClass(model, open);
  if (!openClass) return undefined;
  const clipping = copyNodes(model, openClass.id, selection.nodes, selection.annotations);
  const text = writeClipping(clipping);
  const own: Latest = { isWritten: false, text, clipping, loads, classId: openClass.id };
  latest.set(session, own);
  // Where the system refuses, the window still has it.
  void writeClipboard(text).finally(() => (own.isWritten = true));
  return openClass.id;
}

/**
 * Pastes the text that the clipboard held, of this window or of any other, into the open class. What has no places, as a text that a person or a program
 * wrote, is laid out first, below what is there.
 */
export async function pasteText(context: CommandContext, held: string, keepsWires = false): Promise<void> {
  const { open, lens } = context.session.getState();
  const { document: model, loads } = context.document.getState();
  const openClass = findOpenClass(model, open);
  if (!openClass || lens !== 'flow') return;
  const own = latest.get(context.session);
  // Pasted right behind a copy.
  const text = own?.isWritten === false ? own.text : held;
  const isOwn = own?.text === text && own.loads === loads;
  const read = isOwn ? own : readClipping(text);
  if ('message' in read) {
    context.dialogs.tell(read.message, 'error');
    return;
  }
  const { clipping } = read;
  const pasted = (present: ModelDocument): Pasted =>
    paste(present, openClass.id, clipping, { isOwn, keepsWires: keepsWires && isOwn && own.classId === openClass.id });
  const isPlaced = clipping.nodes.every(({ id }) => Object.hasOwn(clipping.layout, id));
  const points = isPlaced ? undefined : await placesFor(context, openClass, pasted);
  const made = editWithIds(
    context,
    `Paste ${formatItems(clipping.nodes.length, clipping.annotations.length)}`,
    (present) => {
      const added = pasted(present);
      return points && present === model ? { ...added, document: moveNodes(added.document, openClass.id, points) } : added;
    },
    ({ nodes, annotations }) => ({ open, selection: { ...NOTHING_SELECTED, nodes, annotations } }),
  );
  // Once it is drawn.
  if (made) afterDrawing(() => context.canvas.bring(made.nodes));
}

/** Where what would be pasted lies once it is laid out, free of what is there; undefined where it cannot be pasted, or the layout was given up. */
async function placesFor(
  { document, check, arranger }: CommandContext,
  { id, layout }: ModelClass,
  pasted: (present: ModelDocument) => Pasted,
): Promise<Readonly<Record<string, Point>> | undefined> {
  try {
    const made = pasted(document.getState().document);
    const placed = Object.values(layout);
    const corner =
      placed.length === 0 ? { x: 0, y: 0 } : { x: Math.min(...placed.map(({ x }) => x)), y: Math.max(...placed.map(({ y }) => y)) + BELOW };
    const modelClass = made.document.classes[id]!;
    return await arranger.arrange({ document: made.document, modelClass, check: check.getState().check, nodes: made.nodes, corner });
  } catch (error) {
    if (error instanceof EditError) return undefined; // told when it is pasted
    throw error;
  }
}

export const copyCommand: Command = {
  id: 'copy',
  title: 'Copy',
  group: 'edit',
  section: 1,
  order: 20,
  keys: ['Mod+C'],
  when: hasNodes,
  run(context) {
    copy(context);
  },
};

export const cutCommand: Command = {
  id: 'cut',
  title: 'Cut',
  group: 'edit',
  section: 1,
  order: 10,
  keys: ['Mod+X'],
  when: hasNodes,
  run(context) {
    const classId = copy(context);
    const { open, selection } = context.session.getState();
    if (classId === undefined) return;
    const { nodes, annotations } = selection;
    editOrTell(
      context,
      `Cut ${formatItems(nodes.length, annotations.length)}`,
      (model) => removeAnnotations(removeNodes(model, classId, nodes), classId, annotations),
      { place: { open, selection: NOTHING_SELECTED } },
    );
  },
};

export const pasteCommand: Command = {
  id: 'paste',
  title: 'Paste',
  group: 'edit',
  section: 1,
  order: 30,
  keys: ['Mod+V'],
  keysComeAs: 'paste',
  when: ({ session }) => session.getState().lens === 'flow',
  needs: 'Switch to the data flow first.',
  async run(context) {
    const text = (await readClipboard()) ?? latest.get(context.session)?.text;
    await pasteText(context, text ?? '');
  },
};

/** The same, and what led into the original leads into the copy, too. */
export const pasteWithWiresCommand: Command = {
  id: 'paste-with-wires',
  title: 'Paste with Incoming Wires',
  group: 'edit',
  section: 1,
  order: 35,
  keys: ['Mod+Shift+V'],
  when: pasteCommand.when!,
  needs: 'Switch to the data flow first.',
  async run(context) {
    const text = (await readClipboard()) ?? latest.get(context.session)?.text;
    await pasteText(context, text ?? '', true);
  },
};
