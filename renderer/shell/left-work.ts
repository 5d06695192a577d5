/** @file Unsaved work that earlier windows have left: offered at the start, and kept until the user says otherwise. */
import { parseDocument, type ModelDocument } from '../../core/document/index.ts';
import { showDocument } from '../commands/shared/open-document.ts';
import { MODEL_FILE } from '../platform/kinds.ts';
import type { LeftWork } from '../platform/platform.ts';
import { formatPlural } from '../ui/format.ts';
import { messageOf } from '../state/or-tell.ts';
import type { LeftWorkRow } from './dialogs/recover.dialog.tsx';
import type { Services } from '../state/services.ts';

interface Offered extends LeftWork {
  /** Undefined: it cannot be read, by this version at least. */
  readonly document: ModelDocument | undefined;
  readonly row: LeftWorkRow;
}

/** Asks until one is restored, all are decided, or the user leaves the rest for later. Nothing goes without being told to. */
export async function offerLeftWork(services: Services, left: readonly LeftWork[]): Promise<void> {
  let offered = left.map(read);
  while (offered.length > 0) {
    const answer = await services.dialogs.ask('recover', { works: offered.map(({ row }) => row) });
    const chosen = offered.find(({ id }) => id === answer?.id);
    if (!answer || !chosen) break;
    try {
      if (answer.what === 'save') await saveCopy(services, chosen);
      if (answer.what === 'restore' && chosen.document) await restore(services, chosen, chosen.document);
      if (answer.what !== 'save') {
        await services.platform.recovery.drop(chosen.id);
        offered = offered.filter((each) => each !== chosen);
      }
    } catch (error) {
      services.dialogs.tell(`${chosen.row.name}: ${messageOf(error)} It is still kept.`, 'error');
    }
    if (answer.what === 'restore') break;
  }
  if (offered.length > 0)
    services.dialogs.tell(`${formatPlural(offered.length, 'unsaved model')} will be offered again at the next start.`);
}

/** It is this window's own before the old copy may go. */
async function restore(services: Services, { text }: LeftWork, document: ModelDocument): Promise<void> {
  await services.data.need(document);
  showDocument(services, document, null, { saved: false });
  await services.platform.recovery.write(text);
}

async function saveCopy({ dialogs, platform }: Services, { row, text }: Offered): Promise<void> {
  const saved = await platform.saveFileAs(`${row.name.replace(/[^\p{L}\p{N} _.-]+/gu, '-')}.${MODEL_FILE.extension}`, MODEL_FILE, text);
  if (saved) dialogs.tell(`Saved ${saved.name}.`);
}

function read(work: LeftWork): Offered {
  const result = parseDocument(work.text);
  if (result.ok) return { ...work, document: result.document, row: { id: work.id, atMs: work.atMs, name: result.document.name } };
  const [first] = result.refusals;
  const fault = first ? `${first.at}: expected ${first.expected}, got ${first.got}` : 'It is no model.';
  return { ...work, document: undefined, row: { id: work.id, atMs: work.atMs, name: 'Unsaved work', fault } };
}
