/**
 * @file Waiting until the card has done what it was told. The library looks again after a timer of 0 ms, of which a browser makes 4 ms as
 * soon as one timer has started another; here each timer starts from a message, so that it is looked at every millisecond and
 * nothing spins meanwhile: where a program draws it needs the processor itself.
 */

export interface FenceGl {
  readonly SYNC_GPU_COMMANDS_COMPLETE: number;
  readonly ALREADY_SIGNALED: number;
  readonly CONDITION_SATISFIED: number;
  fenceSync(condition: number, flags: number): object | null;
  clientWaitSync(sync: object, flags: number, timeoutNs: number): number;
  deleteSync(sync: object): void;
  flush(): void;
}

/** What core needs of a message channel and of timers; it has no DOM types. */
interface Port {
  onmessage: (() => void) | null;
  postMessage(message: null): void;
  close(): void;
}
interface Global {
  readonly MessageChannel: new () => { readonly port1: Port; readonly port2: Port };
  setTimeout(f: () => void, ms: number): unknown;
}

/** Resolves when all that `gl` was told by now is done. Never where the context is lost, of which the engine hears otherwise. */
export async function cardIsDone(gl: FenceGl): Promise<void> {
  const { MessageChannel, setTimeout } = globalThis as unknown as Global;
  const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  const { port1, port2 } = new MessageChannel();
  await new Promise<void>((resolve) => {
    const look = () => {
      const status = sync && gl.clientWaitSync(sync, 0, 0);
      if (status === gl.ALREADY_SIGNALED || status === gl.CONDITION_SATISFIED) resolve();
      else port2.postMessage(null);
    };
    // The state of a fence changes between two tasks only.
    port1.onmessage = () => setTimeout(look, 1);
    port2.postMessage(null);
  });
  port1.close();
  if (sync) gl.deleteSync(sync);
}
