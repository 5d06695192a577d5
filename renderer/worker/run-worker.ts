/** @file The worker's entry: wires its messages to core's engine, which knows of no worker. `?backend=cpu` behind its address forces the CPU. */
import { createEngine } from '../../core/run/engine.ts';
import type { Request } from '../../core/run/protocol.ts';

/**
 * Resolves in a later turn, behind the messages that have arrived. A timer would be held back to 4 ms by the browser, and an
 * animation frame does not come at all while the window is hidden.
 */
function createPause(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}

const wanted = new URLSearchParams(location.search).get('backend');
const engine = createEngine({
  post: (answer, transfer) => postMessage(answer, { transfer: [...transfer] }),
  pause: createPause(),
  backend: wanted === 'cpu' || wanted === 'webgl' ? wanted : undefined,
});

addEventListener('message', (event: MessageEvent<Request>) => engine.handle(event.data));
