/** @file Starts the worker that lays out graphs. It is ELK's own file, as it is published. */
// Vite makes the default export: the address of the copied file.
// oxlint-disable-next-line import/default
import elkUrl from 'elkjs/lib/elk-worker.min.js?url';
import { trustedScriptUrl } from './trusted-url.ts';

export function startElkWorker(): Worker {
  return new Worker(trustedScriptUrl(elkUrl), { name: 'layout' });
}
