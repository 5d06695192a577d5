/** @file The model as one file that anyone can look at, with no program but a browser, and open here again. */
import { costTable, sizesOfBatch } from '../../core/check/index.ts';
import { writeDocument } from '../../core/document/index.ts';
import { PAGE_FILE } from '../platform/kinds.ts';
import { reportFailure } from '../state/edit-or-tell.ts';
import type { Command } from './command.ts';
import { moduleName } from '../state/code/module-name.ts';
import { anchorOf } from './shared/page/class-section.ts';
import { writePage } from './shared/page/page.ts';

export const shareAsPageCommand: Command = {
  id: 'share-as-page',
  title: 'Share as One Page…',
  group: 'file',
  section: 3,
  order: 30,
  keys: [],
  async run(context) {
    const { document } = context.document.getState();
    try {
      const { root } = context.derived.check(document);
      const sizes = new Map([...sizesOfBatch(document.run.batchSize), ...Object.entries(context.session.getState().costSizes)]);
      const page = writePage({
        document,
        text: writeDocument(document, context.data.ownAssets(document)),
        pictures: context.canvas.pictures((used) => `#${anchorOf(document, used)}`),
        costs: root ? costTable(root, sizes) : [],
        sizes,
      });
      const saved = await context.platform.saveFileAs(`${moduleName(document)}.${PAGE_FILE.extension}`, PAGE_FILE, page);
      if (saved) context.dialogs.tell(`Saved ${saved.name}: it opens in any browser, and in Espalier as the model that it shows.`);
    } catch (error) {
      reportFailure(context, 'The page was not saved', error, 'Try another place.');
    }
  },
};
