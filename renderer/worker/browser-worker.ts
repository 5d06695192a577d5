/** @file Starts the real worker, under a content security policy that demands trusted script addresses. */
// Vite makes the default export: the address of the bundled worker.
// oxlint-disable-next-line import/default
import workerUrl from './run-worker.ts?worker&url';
import type { ConnectWorker } from './connection.ts';
import { windowEnd, type Sent } from './wire.ts';

/** The part of Trusted Types that is used; TypeScript's DOM types do not have it yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): URL;
  };
}

let policy: { createScriptURL(url: string): URL | string } | undefined;

/** A policy of one name can be made once per window. */
function trustedScriptUrl(url: string): URL | string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const checked = {
    createScriptURL(address: string): string {
      const { origin, href } = new URL(address, location.href);
      if (origin !== location.origin) throw new TypeError(`A worker from ${origin} was refused: only the app's own is started.`);
      return href;
    },
  };
  policy ??= trustedTypes ? trustedTypes.createPolicy('app-worker', checked) : checked;
  return policy.createScriptURL(url);
}

export const connectBrowserWorker: ConnectWorker = ({ onAnswer, onCrash }) => {
  const name = `run ${crypto.randomUUID()}`;
  const worker = new Worker(trustedScriptUrl(workerUrl), { type: 'module', name });
  const watching = new AbortController();
  const wire = windowEnd();
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
    post: (request) => worker.postMessage(wire.send(request)),
    terminate() {
      watching.abort();
      worker.terminate();
    },
  };
};
