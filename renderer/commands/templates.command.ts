import { documentOfClass } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import type { Command, CommandContext } from './command.ts';
import { insertTemplate, openTemplate } from './shared/insert-template.ts';

/** The gallery of templates and of the user's own blocks. */
export const templatesCommand: Command = {
  id: 'templates',
  title: 'Templates and Library…',
  group: 'file',
  section: 0,
  order: 35,
  keys: ['T'],
  async run(context) {
    const answer = await context.dialogs.ask('chooseTemplate', {});
    const template = context.templates.getState().all.find(({ key }) => key === answer?.key);
    if (!template) return;
    if (answer?.as === 'document') await openTemplate(context, template);
    else insertTemplate(context, template);
  },
};

function openClassOf({ document, session }: CommandContext) {
  return findOpenClass(document.getState().document, session.getState().open);
}

/** Keeps the open class with all that it needs, to be inserted into any document. */
export const keepClassCommand: Command = {
  id: 'keep-class',
  title: 'Keep This Class in My Library',
  group: 'edit',
  section: 3.8,
  submenu: 'Class',
  order: 60,
  keys: [],
  when: (context) => openClassOf(context) !== undefined,
  needs: 'Open a class first.',
  async run(context) {
    const openClass = openClassOf(context);
    if (!openClass) return;
    const title = await context.templates.keep(documentOfClass(context.document.getState().document, openClass.id));
    context.dialogs.tell(
      `${openClass.name} is in your library${title === openClass.name ? '' : ` as ${title}`}: see Templates and Library, or type its name in the quick-add field.`,
    );
  },
};
