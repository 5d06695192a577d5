/** @file Makes the stores of one window and ties them together. Tests make their own. */
import type { DataFiles } from '../../core/check/index.ts';
import { newDocument, type ModelDocument } from '../../core/document/index.ts';
import { createDataStore } from './data-store.ts';
import { createCheckStore } from './derived/check-store.ts';
import { createDerived } from './derived/derived.ts';
import { createDocumentStore, type DocumentFile } from './document/store.ts';
import { createArranger } from './layout/arranger.ts';
import type { StartElk } from './layout/elk.ts';
import type { Platform } from '../platform/platform.ts';
import type { ConnectWorker } from '../worker/connection.ts';
import { createRunClient } from './runs/run-client.ts';
import { createRunsStore } from './runs/store.ts';
import { createCanvasPort } from './canvas-port.ts';
import { createAnnouncer } from './speech/announcer.ts';
import { createDialogs } from './questions.ts';
import { createSessionStore, type SessionState } from './session/store.ts';
import { createTemplates } from './templates.ts';
import type { Services } from './services.ts';

export interface ServicesOptions {
  readonly platform: Platform;
  readonly connect: ConnectWorker;
  readonly startElk?: StartElk;
  readonly document?: ModelDocument;
  readonly file?: DocumentFile | null;
  readonly session?: Partial<SessionState>;
  /** Texts of the data sets that ship with the app. */
  readonly dataFiles?: DataFiles;
}

export function createServices({
  platform,
  connect,
  startElk = () => {
    throw new Error('There is no worker that lays out graphs. Give `startElk` to createServices.');
  },
  document = newDocument(),
  file = null,
  session: saved = {},
  dataFiles = {},
}: ServicesOptions): Services {
  const session = createSessionStore(saved);
  const runs = createRunsStore();
  const data = createDataStore(platform.data, (name) => platform.readAsset(`data/${name}`), dataFiles);
  const derived = createDerived(data.files);
  const documents = createDocumentStore({ document, file, place: { read: session.readPlace, restore: session.restorePlace } });
  return {
    document: documents,
    check: createCheckStore({ document: documents, data, derived }),
    session,
    runs,
    client: createRunClient({ store: runs, connect, hash: derived.hash, data }),
    platform,
    data,
    derived,
    dialogs: createDialogs(),
    announcer: createAnnouncer(),
    templates: createTemplates(platform),
    canvas: createCanvasPort(),
    arranger: createArranger(session, startElk),
  };
}
