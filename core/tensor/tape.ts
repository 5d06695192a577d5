/**
 * @file A recording of TensorFlow.js and the way back along it. The library looks for the way in a time that grows with the square of a
 * network's depth, walks it in one go, and holds every gradient on the way until the end; here it is found in one look at each op,
 * can be walked in slices between which messages come in, and a gradient that nobody asked for goes when its op is done.
 * The ops, their order and so every bit of the gradients are those of the library.
 */
import { hiddenEngine, type TapeNode } from './engine.ts';
import { tf } from './tf.ts';

/** Per input; null where it does not reach the value. */
export type Gradients = (tf.Tensor | null)[];

/** Longest stretch without letting messages in. */
const SLICE_MS = 16;

/** An op on the way, with those inputs alone that the way leads to. */
interface Step {
  readonly node: TapeNode;
  readonly inputs: readonly (readonly [name: string, x: tf.Tensor])[];
}

/** What lies between the inputs and the value, from the end on. */
function wayBack(tape: readonly TapeNode[], inputs: readonly tf.Tensor[], value: tf.Tensor): Step[] {
  const reached = new Set(inputs.map(({ id }) => id));
  const follows = tape.map(({ inputs, outputs }) => {
    const isReached = Object.values(inputs).some(({ id }) => reached.has(id));
    if (isReached) for (const { id } of outputs) reached.add(id);
    return isReached;
  });
  const leading = new Set([value.id]);
  const steps: Step[] = [];
  for (let i = tape.length - 1; i >= 0; i--) {
    const node = tape[i]!;
    if (!node.outputs.some(({ id }) => leading.has(id))) continue;
    for (const { id } of Object.values(node.inputs)) leading.add(id);
    if (follows[i]) steps.push({ node, inputs: Object.entries(node.inputs).filter(([, { id }]) => reached.has(id)) });
  }
  return steps;
}

/** Gradients by tensor, kept over every tidy until they are done with. */
class Walk {
  readonly #gradients = new Map<number, tf.Tensor>();
  readonly #asked: ReadonlySet<number>;

  constructor(
    value: tf.Tensor,
    readonly inputs: readonly tf.Tensor[],
  ) {
    this.#asked = new Set(inputs.map(({ id }) => id));
    this.#gradients.set(value.id, tf.keep(tf.ones(value.shape)));
  }

  /** @throws Error if an op has no gradient, or one of another type or shape than its input, as the library does. */
  back({ node, inputs }: Step): void {
    if (!node.gradient) throw new Error(`Cannot compute gradient: gradient function not found for ${node.kernelName}.`);
    const given = node.outputs.map(({ id }) => this.#gradients.get(id) ?? null);
    const made = node.gradient(given);
    for (const [name, x] of inputs) {
      const make = made[name];
      if (!make) throw new Error(`Cannot backprop through input ${name}. Available gradients found: ${Object.keys(made).join()}.`);
      const gradient = tf.tidy(make);
      checkGradient(node.kernelName, name, gradient, x);
      this.#add(x.id, isNew(gradient, given) ? gradient : tf.clone(gradient));
    }
    for (const [i, { id }] of node.outputs.entries()) {
      if (this.#asked.has(id)) continue;
      this.#gradients.delete(id);
      given[i]?.dispose();
    }
  }

  #add(id: number, gradient: tf.Tensor): void {
    const known = this.#gradients.get(id);
    if (!known) return void this.#gradients.set(id, tf.keep(gradient));
    this.#gradients.set(id, tf.keep(hiddenEngine().runKernel('Add', { a: known, b: gradient })));
    known.dispose();
    gradient.dispose();
  }

  /** Those of the inputs, which tidies free from here on; the others go. */
  end(): Gradients {
    const gradients = this.inputs.map(({ id }) => this.#gradients.get(id) ?? null);
    for (const gradient of gradients) if (gradient) gradient.kept = false;
    for (const gradient of this.#gradients.values()) if (gradient.kept) gradient.dispose();
    return gradients;
  }

  abandon(): void {
    tf.dispose([...this.#gradients.values()]);
  }
}

/** A gradient function may hand on what it was given, or a tensor that somebody holds. */
function isNew(gradient: tf.Tensor, given: readonly (tf.Tensor | null)[]): boolean {
  return gradient.scopeId === hiddenEngine().state.activeScope?.id && !given.includes(gradient);
}

function checkGradient(op: string, name: string, { dtype, shape }: tf.Tensor, x: tf.Tensor): void {
  if (dtype !== 'float32')
    throw new Error(`Error in gradient for op ${op}. The gradient of input ${name} must have 'float32' dtype, but has '${dtype}'`);
  if (!tf.util.arraysEqual(shape, x.shape)) {
    const wanted = `which does not match the shape of the input '${x.shape}'`;
    throw new Error(`Error in gradient for op ${op}. The gradient of input '${name}' has shape '${shape}', ${wanted}`);
  }
}

/** Ops in the order in which they ran, with what their gradients need. Walk it once, or dispose it. */
export class Recording {
  readonly #tape: readonly TapeNode[];
  readonly #isOwn: boolean;

  /** `isOwn`: no other recording goes on around it, whose ops these are, too. */
  constructor(
    readonly value: tf.Tensor,
    tape: readonly TapeNode[],
    isOwn: boolean,
  ) {
    this.#tape = tape;
    this.#isOwn = isOwn;
  }

  /** The gradients at the inputs, in the present scope; what the recording held is freed. */
  gradients(inputs: readonly tf.Tensor[]): Gradients {
    let gradients: Gradients = [];
    tf.tidy('backward', () => {
      const walk = new Walk(this.value, inputs);
      try {
        for (const step of wayBack(this.#tape, inputs, this.value)) walk.back(step);
        gradients = walk.end();
      } catch (error) {
        walk.abandon();
        throw error;
      } finally {
        this.dispose();
      }
      return gradients.filter((gradient) => gradient !== null);
    });
    return gradients;
  }

  /**
   * The same in slices, outside of every scope: the gradients are kept, and the caller disposes them. After each slice `pause` is told how
   * much of the way is done, from 0 to 1; what it throws ends the walk. Only for a recording with none around it.
   */
  async gradientsInSlices(inputs: readonly tf.Tensor[], pause: (share: number) => Promise<void>): Promise<Gradients> {
    const walk = new Walk(this.value, inputs);
    try {
      const steps = wayBack(this.#tape, inputs, this.value);
      let done = 0;
      const slice = () => {
        const endMs = tf.util.now() + SLICE_MS;
        do walk.back(steps[done++]!);
        while (done < steps.length && tf.util.now() < endMs);
      };
      while (done < steps.length) {
        tf.tidy(slice);
        if (done < steps.length) await pause(done / steps.length);
      }
      return walk.end();
    } catch (error) {
      walk.abandon();
      throw error;
    } finally {
      this.dispose();
    }
  }

  /** Frees what was saved for the way back, unless a recording around this one needs it. */
  dispose(): void {
    if (this.#isOwn) free(this.#tape);
  }
}

function free(tape: readonly TapeNode[]): void {
  for (const { saved } of tape) for (const tensor of saved ?? []) tensor.dispose();
}

/** Runs `f` and records its ops. The value is in the present scope; nothing is left behind when `f` throws. */
export function record(f: () => tf.Tensor): Recording {
  const { state } = hiddenEngine();
  const isOwn = state.gradientDepth === 0;
  if (isOwn) state.activeTape = [];
  const tape = state.activeTape!;
  state.gradientDepth++;
  try {
    return new Recording(tf.tidy('forward', f), tape, isOwn);
  } catch (error) {
    if (isOwn) free(tape);
    throw error;
  } finally {
    state.gradientDepth--;
    // From here on the ops of others are none of this recording.
    if (isOwn) state.activeTape = null;
  }
}
