/** @file Starts the real worker. */
// Vite makes the default export: the address of the bundled worker.
// oxlint-disable-next-line import/default
import workerUrl from './run-worker.ts?worker&url';
import type { ConnectWorker } from './connection.ts';
import { StopCount } from './stop-count.ts';
import { trustedScriptUrl } from './trusted-url.ts';
import { windowEnd, type Sent } from './wire.ts';

export const connectBrowserWorker: ConnectWorker = ({ onAnswer, onCrash }) => {
  const name = `run ${crypto.randomUUID()}`;
  const worker = new Worker(trustedScriptUrl(workerUrl), { type: 'module', name });
  const watching = new AbortController();
  const wire = windowEnd();
  const stops = new StopCount();
  if (stops.memory) worker.postMessage(stops.memory);
  worker.addEventListener('message', (event: MessageEvent<Sent>) => onAnswer(wire.receive(event.data)));
  // Whoever answers holds the lock of its name: it is ours only when the worker has ended.
  const onFirst = (): void =>
    void navigator.locks
      .request(name, { signal: watching.signal }, () => onCrash('The worker ended without a word.'))
      .catch((error: unknown) => {
        if (!watching.signal.aborted) throw error;
      });
  worker.addEventListener('message', onFirst, { once: true });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    onCrash(`The worker crashed: ${event.message || 'it could not be loaded'}.`);
  });
  worker.addEventListener('messageerror', () => onCrash('The worker sent an answer that could not be read.'));
  return {
    post(request) {
      if (request.kind === 'stop') stops.asked();
      worker.postMessage(wire.send(request));
    },
    terminate() {
      watching.abort();
      worker.terminate();
    },
  };
};
