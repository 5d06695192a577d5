/** @file Watching what the wires of a live model carry. */
import type { NodeId, Path } from '../document/schema.ts';
import type { tf } from '../tensor/tf.ts';

/** Where a value leaves a port. */
export interface WirePlace {
  /** The instance of the class whose graph it is: its path from the root. */
  readonly instance: Path;
  readonly node: NodeId;
  readonly port: string;
  /** 0 for the first call of this instance since observing began. */
  readonly call: number;
  /** The Module that made the value, where the node is a call; of a list, the list. */
  readonly module: Path | null;
}

/** Sees a value before probes do; the graph goes on with what it returns, which must be equal in shape and type. */
export type Observe = (place: WirePlace, value: tf.Tensor) => tf.Tensor;

/** The node of a graph that is running: what happens inside its Module belongs to it. */
export interface RunningNode {
  readonly instance: Path;
  readonly node: NodeId;
}

/** Thrown by whoever has seen enough: the pass ends, and nothing is wrong. */
export class SeenEnough extends Error {
  override readonly name = 'SeenEnough';
}

/** The observer of one built model, shared by all its Modules. */
export class Observation {
  private observe: Observe | null = null;
  private readonly calls = new Map<object, number>();
  private running: RunningNode | null = null;
  private onStep: ((node: RunningNode) => void) | undefined;

  /**
   * Runs `f` while `observe` sees every value. Calls are counted from 0. `f` may ask which node is running; `onStep` hears of each before it runs,
   * and may throw SeenEnough.
   */
  during<T>(observe: Observe, f: (running: () => RunningNode | null) => T, onStep?: (node: RunningNode) => void): T {
    const before = this.observe;
    this.observe = observe;
    this.onStep = onStep;
    this.calls.clear();
    try {
      return f(() => this.running);
    } finally {
      this.observe = before;
      this.running = null;
      this.onStep = undefined;
    }
  }

  /** The observer for one call of one instance; null where nobody looks. */
  enter(instance: object): { readonly observe: Observe; readonly call: number } | null {
    if (!this.observe) return null;
    const call = this.calls.get(instance) ?? 0;
    this.calls.set(instance, call + 1);
    return { observe: this.observe, call };
  }

  /** Runs a step of a graph; those of Modules inside come and go meanwhile. */
  step<T>(node: RunningNode, f: () => T): T {
    this.onStep?.(node);
    const outer = this.running;
    this.running = node;
    const result = f();
    this.running = outer;
    return result;
  }
}
