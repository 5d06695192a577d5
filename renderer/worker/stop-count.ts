/**
 * @file How many stops the window has asked for, in memory that it shares with the worker: in the middle of a pass no message reaches that one.
 * Where the page may not share memory (a server that does not isolate it) a stop is seen between two steps.
 */

/** What goes to the worker before all else; undefined where nothing can be shared. */
export type StopMemory = SharedArrayBuffer | undefined;

/** The window's end. */
export class StopCount {
  readonly memory: StopMemory = globalThis.crossOriginIsolated ? new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) : undefined;
  readonly #count = this.memory && new Int32Array(this.memory);

  /** Before the message of a stop is sent. */
  asked(): void {
    if (this.#count) Atomics.add(this.#count, 0, 1);
  }
}

/** The worker's end. */
export class StopsToCome {
  #count: Int32Array | undefined;
  #arrived = 0;

  share(memory: SharedArrayBuffer): void {
    this.#count = new Int32Array(memory);
  }

  /** The message of one is here. */
  arrived(): void {
    this.#arrived += 1;
  }

  /** Whether one is asked for whose message has not arrived. */
  readonly isComing = (): boolean => this.#count !== undefined && Atomics.load(this.#count, 0) > this.#arrived;
}
