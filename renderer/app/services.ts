/** @file How components reach the stores: made once by `createServices`, handed down by a context. */
import { createContext, use } from 'react';
import type { Derived } from '../derived/derived.ts';
import type { DocumentStore } from '../document/store.ts';
import type { Platform } from '../platform/platform.ts';
import type { RunClient } from '../runs/run-client.ts';
import type { RunsStore } from '../runs/store.ts';
import type { CanvasPort } from '../session/canvas-port.ts';
import type { Dialogs } from '../session/dialogs.ts';
import type { Place, SessionStore } from '../session/store.ts';

export interface Services {
  readonly document: DocumentStore<Place>;
  readonly session: SessionStore;
  readonly runs: RunsStore;
  readonly client: RunClient;
  readonly platform: Platform;
  readonly derived: Derived;
  readonly dialogs: Dialogs;
  /** The canvas, while it is drawn. */
  readonly canvas: CanvasPort;
}

export const ServicesContext = createContext<Services | null>(null);

/** The stores of this window. */
export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('No services here: render this component inside <ServicesContext value={createServices(…)}>.');
  return services;
}
