/** @file What there is to differentiate in an argument, and how its gradients are put together again. */
import { tf } from '../tensor/tf.ts';
import { makeVariable } from './capture-context.ts';
import { copyGraph, isNode } from './copy-graph.ts';
import { ValueError } from './errors.ts';
import { type Filter, toFilter } from './filter.ts';
import { mapTensors, release, tensorsIn } from './ownership.ts';
import { type Path, pathText } from './path.ts';
import { isPytree, type Pytree } from './pytree.ts';
import { State } from './state.ts';
import type { TapRecorder } from './taps.ts';
import { typeNameOf } from './type-name.ts';
import type { VariableType } from './variable-names.ts';
import { PendingZeros, Variable } from './variable.ts';
import { Walk } from './walk.ts';

/** An argument as the function receives it, and its gradients once they are known. */
export interface PlannedArgument {
  readonly value: unknown;
  readonly gradient: () => unknown;
}

/** A Variable that is differentiated, and where it stands. */
export interface WatchedVariable {
  readonly path: Path;
  readonly variable: Variable<unknown>;
}

/** What a State or Module has at a path: a Variable, or a raw tensor. */
type PlacedLeaf = readonly [Path, Variable<unknown> | tf.Tensor];

/** Collects the inputs of one gradient recording over all arguments. A Variable counts once, where it is met first. */
export class GradPlan {
  /** What the tape differentiates; perturbations that are zero add their handles after the forward pass. */
  readonly inputs: tf.Tensor[] = [];
  /** Perturbations that are zero, and so have no input of their own. */
  readonly watched: WatchedVariable[] = [];
  /** The gradients, in the order of `inputs`; set when they are known. */
  gradients: readonly (tf.Tensor | null)[] = [];
  /** Variables with no way to the value, and where they stand; known when their gradients have been asked for. */
  readonly unreached: WatchedVariable[] = [];
  /** Positions in `inputs` of the handles of a perturbation that is zero, one per call. */
  readonly #handles = new Map<Variable<unknown>, number[]>();
  readonly #seen = new Set<Variable<unknown>>();
  /** What the filters of Modules chose, and what they left out. */
  readonly #chosen = new Set<unknown>();
  readonly #leftOut: PlacedLeaf[] = [];
  /** Handles made for the function: the plan frees them, whatever happens. */
  readonly #lent: tf.Tensor[] = [];
  readonly #recorder: TapRecorder;
  readonly #graph: boolean;

  constructor(recorder: TapRecorder, graph: boolean) {
    this.#recorder = recorder;
    this.#graph = graph;
  }

  /** Plans an argument: Modules by the filter, everything else whole. */
  argument(value: unknown, filter: Filter): PlannedArgument {
    if (isPytree(value) && !this.#graph) return { value, gradient: this.#wholeModule(value) };
    if (isPytree(value)) {
      const accepts = toFilter(filter);
      const chosen: PlacedLeaf[] = [];
      for (const placed of leavesBelow(value)) (accepts.test(...placed) ? chosen : this.#leftOut).push(placed);
      for (const [, leaf] of chosen) this.#chosen.add(leaf);
      return { value, gradient: this.#state(chosen) };
    }
    if (value instanceof State) {
      const lent = value.map((_path, leaf) => (leaf instanceof tf.Tensor ? this.#lend(leaf) : leaf));
      return { value: lent, gradient: this.#state(leavesIn(lent)) };
    }
    if (value instanceof Variable) {
      const gradient = this.#variable({ path: [], variable: value });
      return { value, gradient: () => gradient?.() ?? null };
    }
    if (typeof value === 'number' || value instanceof tf.Tensor) {
      const handle = this.#lend(value);
      return { value: handle, gradient: this.#input(handle) };
    }
    if (Array.isArray(value)) {
      const parts = value.map((part: unknown) => this.argument(part, filter));
      return { value: parts.map((part) => part.value), gradient: () => parts.map((part) => part.gradient()) };
    }
    if (value instanceof Map || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)) {
      const entries = value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value);
      const parts = entries.map(([key, part]) => [key, this.argument(part, filter)] as const);
      const rebuild = <V>(read: (part: PlannedArgument) => V): unknown => {
        const pairs = parts.map(([key, part]) => [key, read(part)] as const);
        return value instanceof Map ? new Map(pairs) : Object.fromEntries(pairs);
      };
      return { value: rebuild((part) => part.value), gradient: () => rebuild((part) => part.gradient()) };
    }
    if (value === null) return { value, gradient: () => null };
    throw notDifferentiable(typeNameOf(value));
  }

  /**
   * Whether uses of a Variable through another argument count in its gradient would be a guess.
   * @throws ValueError if a differentiated Variable stands in an argument that is not differentiated, too, or in a Module
   *   whose filter leaves it out.
   */
  refuseInconsistency(others: readonly unknown[]): void {
    const passed = others.flatMap((other) => (isNode(other) || other instanceof Variable ? leavesBelow(other) : []));
    const found =
      this.#leftOut.find(([, leaf]) => leaf instanceof Variable && this.#chosen.has(leaf)) ??
      passed.find(([, leaf]) => leaf instanceof Variable && this.#seen.has(leaf));
    if (found)
      throw new ValueError(
        `Inconsistent aliasing detected: the ${typeNameOf(found[1])} at '${pathText(found[0])}' of one argument is differentiated in another. ` +
          'Differentiate it in both, or pass it in one argument only.',
      );
  }

  /** Adds the handles that `perturb` returned to the inputs. After the forward pass, within its recording. */
  addHandles(): void {
    for (const { variable } of this.watched)
      this.#handles.set(
        variable,
        this.#recorder.handles(variable).map((handle) => this.inputs.push(handle) - 1),
      );
  }

  /** Frees what only the plan holds: the handles given to the function, and the gradients of calls that were summed. */
  release(): void {
    for (const handle of this.#lent) release(handle);
    for (const variable of this.#handles.keys()) {
      const calls = this.perCall(variable).filter((gradient) => gradient !== null);
      if (calls.length > 1) for (const gradient of calls) release(gradient);
    }
  }

  /** The gradient of each call of a perturbation that was zero; null for calls that do not reach the value. */
  perCall(variable: Variable<unknown>): (tf.Tensor | null)[] {
    return (this.#handles.get(variable) ?? []).map((i) => this.gradients[i] ?? null);
  }

  #state(leaves: readonly PlacedLeaf[]): () => State<unknown> {
    const planned = leaves.flatMap(([path, leaf]) => {
      const gradient = this.#leaf(path, leaf);
      return gradient ? [[path, gradient] as const] : [];
    });
    return () => State.fromFlat(planned.map(([path, gradient]) => [path, gradient()] as const));
  }

  /** Tree mode: a Module of gradients, with one for every Variable whatever its type, and every raw tensor. */
  #wholeModule(module: Pytree): () => unknown {
    const gradients = new Map(leavesBelow(module, false).map(([path, leaf]) => [leaf as unknown, this.#leaf(path, leaf)]));
    return () => copyGraph(module, (_path, leaf) => gradients.get(leaf)?.() ?? leaf);
  }

  /** How the gradient of a leaf is made once it is known; null for a Variable that has been met before. */
  #leaf(path: Path, leaf: Variable<unknown> | tf.Tensor): (() => unknown) | null {
    return leaf instanceof Variable ? this.#variable({ path, variable: leaf }) : this.#input(leaf);
  }

  #variable(place: WatchedVariable): (() => Variable<unknown>) | null {
    const { variable } = place;
    if (this.#seen.has(variable)) return null;
    this.#seen.add(variable);
    const remake = (value: unknown): Variable<unknown> => makeVariable(variable.constructor as VariableType, value, variable.getMetadata());
    const zeros = variable.pendingZeros;
    if (zeros) {
      requireFloat(zeros.dtype);
      this.#recorder.watch(variable);
      this.watched.push(place);
      return () => {
        const reached = this.perCall(variable).filter((gradient) => gradient !== null);
        if (reached.length === 0) {
          this.unreached.push(place);
          return remake(new PendingZeros(zeros.shape, zeros.dtype));
        }
        return remake(reached.length === 1 ? reached[0] : tf.addN(reached));
      };
    }
    const value = variable.getValue();
    const tensors = tensorsIn(value);
    if (tensors.length === 0) throw notDifferentiable(typeNameOf(value));
    const first = this.inputs.length;
    for (const tensor of tensors) {
      requireFloat(tensor.dtype);
      this.inputs.push(tensor);
    }
    return () => {
      if (tensors.every((_, i) => !this.gradients[first + i])) this.unreached.push(place);
      let i = first;
      return remake(mapTensors(value, (tensor) => this.gradients[i++] ?? tf.zerosLike(tensor)));
    };
  }

  /** A handle of its own for the function, so that the same tensor at two places has two gradients. */
  #lend(value: tf.Tensor | number): tf.Tensor {
    const handle = typeof value === 'number' ? tf.scalar(value) : tf.clone(value);
    this.#lent.push(handle);
    return handle;
  }

  #input(tensor: tf.Tensor): () => tf.Tensor {
    requireFloat(tensor.dtype);
    const i = this.inputs.push(tensor) - 1;
    return () => this.gradients[i] ?? tf.zerosLike(tensor);
  }
}

function requireFloat(dtype: tf.DataType): void {
  if (dtype !== 'float32') throw notDifferentiable(dtype);
}

function notDifferentiable(what: string): TypeError {
  return new TypeError(
    `grad requires real- or complex-valued inputs (input dtype that is a sub-dtype of float), but got ${what}. ` +
      'Differentiate another argument, or choose Variables with a DiffState.',
  );
}

/** All Variables below a node with their paths, sorted; a shared one once, under its first path. */
export function variablesBelow(root: unknown): WatchedVariable[] {
  return leavesBelow(root).flatMap(([path, leaf]) => (leaf instanceof Variable ? [{ path, variable: leaf }] : []));
}

function leavesBelow(root: unknown, graph = true): PlacedLeaf[] {
  const found: PlacedLeaf[] = [];
  const walk = new Walk(root, { graph, visit: 'data', functionName: 'grad' });
  while (walk.step()) if (walk.node instanceof Variable || walk.node instanceof tf.Tensor) found.push([walk.path.slice(), walk.node]);
  return found;
}

function leavesIn(state: State<unknown>): PlacedLeaf[] {
  return state.flat().map(([path, leaf]) => {
    if (leaf instanceof Variable || leaf instanceof tf.Tensor) return [path, leaf];
    throw notDifferentiable(`${typeNameOf(leaf)} at '${path.join('/')}' in a State`);
  });
}

/** @throws ValueError in tree mode, if a Variable stands at two places of the arguments. */
export function refuseAliasing(args: readonly unknown[]): void {
  const places = new Map<Variable<unknown>, Path>();
  args.forEach((arg, i) => {
    if (!isNode(arg) && !(arg instanceof Variable)) return;
    for (const [path, leaf] of leavesBelow(arg, false)) {
      if (!(leaf instanceof Variable)) continue;
      const [first, second] = [places.get(leaf), [i, ...path]];
      if (first)
        throw new ValueError(
          `Duplicate ${typeNameOf(leaf)}\nfound at paths:\n\n  - ${pathText(first)}\n  - ${pathText(second)}\n\n` +
            'grad in tree mode does not support Variable aliasing. Give each argument its own Variables, or use graph mode.',
        );
      places.set(leaf, second);
    }
  });
}
