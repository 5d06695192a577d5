/** @file From a line of code to what it stands for. */
import type { CodeMarks } from '../../core/emit/index.ts';
import { nodeName } from '../../core/graph/index.ts';
import { placeOfLine } from '../state/code/lines.ts';
import { validOpen } from '../state/derived/open-class.ts';
import type { CommandContext } from './command.ts';
import { showPlace } from './show-place.ts';

/** Selects the node of a line, in its class, and says so; of the line of a member what calls it. Lines that stand for nothing leave all as it is. */
export function showLine(context: CommandContext, marks: CodeMarks, line: number): void {
  const { announcer, document, session } = context;
  const place = placeOfLine(marks, line);
  const { document: model } = document.getState();
  const modelClass = place?.class === undefined ? undefined : model.classes[place.class];
  if (!place || !modelClass) return announcer.say('This line stands for no node.');
  // Of the class that is open, the item that is open.
  const open = validOpen(model, session.getState().open).at(-1);
  showPlace(context, open?.class === place.class ? { ...place, instance: open!.instance } : place, { opensInspector: false });
  const [selected] = session.getState().selection.nodes;
  const node = selected === undefined ? undefined : modelClass.nodes[selected];
  announcer.say(node ? `${nodeName(modelClass, node)} selected` : `${modelClass.name} opened`);
}
