/** @file The worker's entry: wires its messages to core's engine, which knows of no worker. `?backend=cpu` behind its address forces the CPU. */
import { createEngine } from '../../core/run/engine.ts';
import { StopsToCome } from './stop-count.ts';
import { workerEnd, type Sent } from './wire.ts';

const BEAT_MS = 1000;

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
const wire = workerEnd();
const stops = new StopsToCome();
const engine = createEngine({
  post: (answer, transfer) => postMessage(wire.send(answer), { transfer: [...transfer] }),
  pause: createPause(),
  isStopComing: stops.isComing,
  backend: wanted === 'cpu' || wanted === 'webgl' ? wanted : undefined,
});

/** Held for as long as the worker lives: the window waits for it, and so learns of an end that no event tells. */
const held = new Promise<void>((resolve) => {
  const hold = (): Promise<never> => {
    resolve();
    return new Promise(() => undefined);
  };
  navigator.locks.request(self.name, hold).catch(reportError);
});

setInterval(() => engine.beat(), BEAT_MS);

function take(sent: Sent): void {
  const request = wire.receive(sent);
  if (request.kind === 'stop') stops.arrived();
  engine.handle(request);
}

addEventListener('message', ({ data }: MessageEvent<Sent | SharedArrayBuffer>) => {
  // A message that cannot be taken ends in the window as a crash, not in silence.
  if ('message' in data) held.then(() => take(data)).catch(reportError);
  else stops.share(data);
});
