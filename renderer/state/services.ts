/** @file The stores of one window, made once by `createServices`. */
import type { DataStore } from './data-store.ts';
import type { CheckStore } from './derived/check-store.ts';
import type { Derived } from './derived/derived.ts';
import type { DocumentStore } from './document/store.ts';
import type { Arranger } from './layout/arranger.ts';
import type { Platform } from '../platform/platform.ts';
import type { RunClient } from './runs/run-client.ts';
import type { RunsStore } from './runs/store.ts';
import type { Templates } from './templates.ts';
import type { CanvasPort } from './canvas-port.ts';
import type { Announcer } from './speech/announcer.ts';
import type { Dialogs } from './questions.ts';
import type { Place, SessionStore } from './session/store.ts';

export interface Services {
  readonly document: DocumentStore<Place>;
  readonly check: CheckStore;
  readonly session: SessionStore;
  readonly runs: RunsStore;
  readonly client: RunClient;
  readonly platform: Platform;
  /** Texts of data files that documents name. */
  readonly data: DataStore;
  readonly derived: Derived;
  readonly dialogs: Dialogs;
  /** What is said to those who hear. */
  readonly announcer: Announcer;
  /** Places for nodes. */
  readonly arranger: Arranger;
  /** Documents to insert, shipped and kept. */
  readonly templates: Templates;
  /** The canvas, while it is drawn. */
  readonly canvas: CanvasPort;
}
