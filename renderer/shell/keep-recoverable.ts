/** @file Unsaved work is kept for after a crash: at the latest a fixed time after the first edit that is not kept yet, however fast edits follow. */
import { writeInSteps, type ModelDocument } from '../../core/document/index.ts';
import { hasUnsavedChanges } from '../state/document/store.ts';
import { messageOf, orTell } from '../state/or-tell.ts';
import type { Services } from '../state/services.ts';
import { inSlices, whenIdle } from '../state/slices.ts';

/** A crash loses at most the edits of this time, and of the writing itself. */
export const RECOVERY_DELAY_MS = 1500;

type Parts = Pick<Services, 'document' | 'dialogs' | 'platform'>;

/** Started once the user has decided about the work that was left. Gives back what ends it. */
export function keepRecoverable({ document, dialogs, platform }: Parts): () => void {
  const keeper = createKeeper({ dialogs, platform });
  let shown = '';
  const follow = (): void => {
    const state = document.getState();
    const isUnsaved = hasUnsavedChanges(state);
    const title = state.file?.name ?? state.document.name;
    const next = `${isUnsaved} ${title}`;
    if (next !== shown) orTell(dialogs, 'The title of the window could not be set', platform.setUnsaved(isUnsaved, title));
    shown = next;
    if (isUnsaved) keeper.keep(state.document);
    else keeper.forget();
  };
  follow();
  const stop = document.subscribe(follow);
  return () => {
    stop();
    keeper.stop();
  };
}

interface Keeper {
  keep(document: ModelDocument): void;
  forget(): void;
  stop(): void;
}

/** One write at a time; what was edited meanwhile is written next. What has begun is never put off by a further edit. */
function createKeeper({ dialogs, platform }: Pick<Parts, 'dialogs' | 'platform'>): Keeper {
  let kept: ModelDocument | undefined;
  let wanted: ModelDocument | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let giveUp: (() => void) | undefined;
  let hasFailed = false;

  function schedule(): void {
    if (timer !== undefined || giveUp !== undefined || wanted === undefined || wanted === kept) return;
    timer = setTimeout(begin, RECOVERY_DELAY_MS);
  }

  function begin(): void {
    timer = undefined;
    const document = wanted;
    if (document === undefined) return;
    let isWanted = true;
    const giveUpSlices = inSlices(writeInSteps(document), (text) => void write(text), { later: whenIdle });
    giveUp = () => {
      isWanted = false;
      giveUpSlices();
    };

    async function write(text: string): Promise<void> {
      try {
        await platform.recovery.write(text);
        hasFailed = false;
      } catch (error) {
        if (!hasFailed) dialogs.tell(`Unsaved work cannot be kept for after a crash: ${messageOf(error)} Save it.`, 'error');
        hasFailed = true;
      }
      if (!isWanted) return;
      kept = document;
      giveUp = undefined;
      schedule();
    }
  }

  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
    giveUp?.();
    giveUp = undefined;
    wanted = undefined;
  }

  return {
    keep(document) {
      wanted = document;
      schedule();
    },
    forget() {
      stop();
      kept = undefined;
      orTell(dialogs, 'The copy of unsaved work could not be deleted', platform.recovery.clear());
    },
    stop,
  };
}
