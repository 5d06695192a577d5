/**
 * @file What follows every change without being asked: the live module tree, recovery, preferences, the
 * window's title. Plain subscriptions, so that tests run them without a page.
 */
import { writeInSteps } from '../../core/document/index.ts';
import { runCommandById } from '../commands/commands.ts';
import { showNotFinite } from '../commands/show-not-finite.ts';
import { openFileText } from '../commands/shared/open-document.ts';
import { inSlices } from '../state/slices.ts';
import { hasUnsavedChanges } from '../state/document/store.ts';
import { writePreferences } from '../state/session/fields.ts';
import type { Services } from '../state/services.ts';

/** A crash loses at most this much. */
export const RECOVERY_DELAY_MS = 1500;
const PREFERENCES_DELAY_MS = 400;
export const PREFERENCES_KEY = 'session';

/** Starts the subscriptions; gives back what ends them. */
export function keepInStep(services: Services): () => void {
  const stops = [keepDescribed(services), keepPreferences(services), showNotFinite(services)];
  stops.push(services.platform.onCommand((id) => runCommandById(id, services)));
  stops.push(services.platform.onOpenFile((file) => void openFileText(services, file)));
  return () => stops.forEach((stop) => stop());
}

function keepDescribed({ client, derived, document }: Services): () => void {
  let described: string | undefined;
  const describe = (): void => {
    const { document: model } = document.getState();
    const hash = derived.hash(model);
    if (hash === described) return;
    described = hash;
    client.describe(model);
  };
  describe();
  return document.subscribe(describe);
}

/** Keeps unsaved work for after a crash. Started once the user has decided about that of the last one. */
export function keepRecoverable({ document, platform }: Services): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let giveUp = (): void => undefined;
  let shown = '';
  const follow = (): void => {
    const state = document.getState();
    const isUnsaved = hasUnsavedChanges(state);
    const title = state.file?.name ?? state.document.name;
    const next = `${isUnsaved} ${title}`;
    if (next !== shown) platform.setUnsaved(isUnsaved, title);
    shown = next;
    clearTimeout(timer);
    giveUp();
    timer = setTimeout(() => {
      if (isUnsaved) giveUp = inSlices(writeInSteps(state.document), (text) => void platform.writeRecovery(text));
      else void platform.clearRecovery();
    }, RECOVERY_DELAY_MS);
  };
  follow();
  const stop = document.subscribe(follow);
  return () => {
    clearTimeout(timer);
    giveUp();
    stop();
  };
}

function keepPreferences({ platform, session }: Services): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = writePreferences(session.getState());
  const stop = session.subscribe((state) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const text = writePreferences(state);
      if (text !== written) void platform.writePreference(PREFERENCES_KEY, text);
      written = text;
    }, PREFERENCES_DELAY_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
