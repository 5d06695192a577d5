/** @file The whole graph of the open class as a picture for paper. */
import { PNG_FILE, SVG_FILE } from '../platform/kinds.ts';
import { rasterize } from '../platform/rasterize.ts';
import { reportFailure } from '../state/edit-or-tell.ts';
import type { Command, CommandContext } from './command.ts';
import { moduleName } from '../state/code/module-name.ts';

async function savePicture(context: CommandContext, kind: typeof PNG_FILE): Promise<void> {
  const picture = context.canvas.picture();
  if (!picture) return context.dialogs.tell('There is nothing to draw: the class is empty. Add a node first.', 'error');
  try {
    const made = kind === PNG_FILE ? await rasterize(picture) : { content: picture.svg, scale: 2 };
    const name = `${moduleName(context.document.getState().document)}.${kind.extension}`;
    const saved = await context.platform.saveFileAs(name, kind, made.content);
    if (!saved) return;
    const note =
      made.scale < 2
        ? ` It is as large as a picture can be, ${made.scale.toFixed(2)} pixels for one of the canvas; the SVG has no such limit.`
        : '';
    context.dialogs.tell(`Saved ${saved.name}.${note}`);
  } catch (error) {
    reportFailure(context, 'The picture was not saved', error, 'Try another place, or the other kind of picture.');
  }
}

function pictureCommand(kind: typeof PNG_FILE, order: number): Command {
  const name = kind.extension.toUpperCase();
  return {
    id: `save-${kind.extension}`,
    title: `Save Graph as ${name}…`,
    group: 'file',
    section: 3,
    order,
    keys: [],
    when: ({ session }) => session.getState().lens === 'flow',
    run: (context) => savePicture(context, kind),
  };
}

export const pictureCommands: readonly Command[] = [pictureCommand(SVG_FILE, 10), pictureCommand(PNG_FILE, 20)];
