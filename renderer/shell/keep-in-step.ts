/**
 * @file What follows every change without being asked: the live module tree, preferences, what the
 * desktop sends. Plain subscriptions, so that tests run them without a page.
 */
import { meansTheSame } from '../../core/check/index.ts';
import type { ModelDocument } from '../../core/document/index.ts';
import { keepTold } from './keep-told.ts';
import { runCommandById } from './commands.ts';
import { showNotFinite } from '../commands/show-not-finite.ts';
import { openAnyFile } from '../commands/shared/open-any-file.ts';
import { saveDocument } from '../commands/shared/save-document.ts';
import { hasUnsavedChanges } from '../state/document/store.ts';
import { reportFailure } from '../state/edit-or-tell.ts';
import { orTell } from '../state/or-tell.ts';
import { writePreferences } from '../state/session/fields.ts';
import { NO_VISITS } from '../state/session/store.ts';
import { visit } from '../state/session/visits.ts';
import type { Services } from '../state/services.ts';

const DESCRIBE_DELAY_MS = 40;
const PREFERENCES_DELAY_MS = 400;
export const PREFERENCES_KEY = 'session';

/** Starts the subscriptions; gives back what ends them. */
export function keepInStep(services: Services): () => void {
  const stops = [keepDescribed(services), keepPreferences(services), keepVisited(services), showNotFinite(services), keepTold(services)];
  stops.push(services.platform.onCommand((id) => runCommandById(id, services)));
  stops.push(services.platform.onSaveForClose(() => saveForClose(services)));
  stops.push(keepOpening(services));
  return () => stops.forEach((stop) => stop());
}

/** The copy for after a crash goes before the window does. One that cannot be deleted is offered at the next start, no worse. */
async function saveForClose(services: Services): Promise<boolean> {
  const isSaved = await saveDocument(services);
  const isClean = isSaved && !hasUnsavedChanges(services.document.getState());
  if (isClean) await services.platform.recovery.clear().catch(() => undefined);
  return isClean;
}

/** Files that the system or a drop hands over are opened one after the other: a question about one is answered before the next. */
function keepOpening(services: Services): () => void {
  let before: Promise<unknown> = Promise.resolve();
  return services.platform.onOpenFile((file) => {
    before = Promise.all([file, before])
      .then(([opened]) => openAnyFile(services, opened))
      .catch((error: unknown) =>
        reportFailure(services, 'The file could not be opened', error, 'Check that it is still there and that you may read it.'),
      );
  });
}

/** Another document has other places. */
function keepVisited({ document, session }: Services): () => void {
  const note = (): void => {
    const state = session.getState();
    const visits = visit(state.visits, state);
    if (visits !== state.visits) session.set({ visits });
  };
  let { loads } = document.getState();
  const stops = [
    session.subscribe(note),
    document.subscribe((state) => {
      if (state.loads === loads) return;
      ({ loads } = state);
      session.set({ visits: NO_VISITS });
    }),
  ];
  note();
  return () => stops.forEach((stop) => stop());
}

function keepDescribed({ client, document }: Services): () => void {
  let described: ModelDocument | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const describe = (): void => {
    timer = undefined;
    const { document: model } = document.getState();
    if (described && meansTheSame(described, model)) return;
    described = model;
    client.describe(model);
  };
  describe();
  // What was opened or edited is drawn first.
  const stop = document.subscribe(() => {
    timer ??= setTimeout(describe, DESCRIBE_DELAY_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function keepPreferences({ dialogs, platform, session }: Services): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = writePreferences(session.getState());
  const stop = session.subscribe((state) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const text = writePreferences(state);
      if (text !== written) orTell(dialogs, 'The preferences could not be kept', platform.writePreference(PREFERENCES_KEY, text));
      written = text;
    }, PREFERENCES_DELAY_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
