import type { Filter } from '../nnx/filter.ts';
import { toFilter } from '../nnx/filter.ts';
import type { Module } from '../nnx/module.ts';
import type { Path } from '../nnx/path.ts';
import { pathText } from '../nnx/path.ts';
import type { State } from '../nnx/state.ts';
import { Param, Variable } from '../nnx/variable.ts';
import { Walk } from '../nnx/walk.ts';
import { tf } from '../tensor/tf.ts';
import type { GradientTransformation, Transformer } from './define.ts';
import type { OptState } from './opt-state.ts';
import { combine } from './shared/kernels.ts';

interface Parameter {
  readonly path: Path;
  readonly variable: Variable;
}

/**
 * A gradient transformation at work on a model. Port of nnx.Optimizer.
 *
 * Memory: it owns what it remembers (one or two tensors per parameter, see `state`) until `dispose`; a step leaves nothing else behind.
 */
export class Optimizer {
  /** How many updates there have been. */
  step = 0;
  readonly #wrt: Filter;
  readonly #transformer: Transformer;
  readonly #names: readonly string[];

  /**
   * Starts `tx` for the model's Variables that `wrt` chooses; give `grad` the same filter.
   * @throws TypeError if one of them is not a float32 tensor.
   */
  constructor(model: Module, tx: GradientTransformation, { wrt = Param }: { readonly wrt?: Filter } = {}) {
    this.#wrt = wrt;
    const parameters = findParameters(model, wrt);
    for (const { path, variable } of parameters)
      if (variable.dtype !== 'float32')
        throw new TypeError(
          `Optimizer expected float32 parameters, got ${variable.dtype} at '${pathText(path)}'. Leave it out by the filter wrt.`,
        );
    this.#names = parameters.map(({ path }) => pathText(path));
    this.#transformer = tx.init(parameters.map(({ variable }) => variable.value));
  }

  /** What is remembered of each parameter, under optax's names (`mu`, `nu`, `trace`), in the model's order. */
  get state(): Readonly<Record<string, readonly OptState[]>> {
    return this.#transformer.state;
  }

  /**
   * One step: changes the model's parameters by what the transformation makes of the gradients. The gradients stay the caller's.
   * @throws TypeError if the model is not the one (or a twin of the one) that it was made for, or a gradient is missing.
   */
  update(model: Module, grads: State<unknown>): void {
    const parameters = findParameters(model, this.#wrt);
    this.#refuseOtherModel(parameters);
    tf.tidy(() => {
      const params = parameters.map(({ variable }) => variable.value);
      const gradients = parameters.map(({ path }, i) => gradientOf(grads, path, params[i]!));
      const updates = this.#transformer.update({ tensors: gradients, factor: 1 }, params);
      const next = params.map((param, i) => combine(1, param, updates.factor, updates.tensors[i]!));
      for (const [i, { variable }] of parameters.entries()) variable.value = next[i]!;
    });
    this.step += 1;
  }

  /** Frees what it remembers. The model's parameters stay. */
  dispose(): void {
    for (const variable of Object.values(this.#transformer.state).flat()) variable.dispose();
  }

  #refuseOtherModel(parameters: readonly Parameter[]): void {
    const different = parameters.findIndex(({ path }, i) => pathText(path) !== this.#names[i]);
    if (different < 0 && parameters.length === this.#names.length) return;
    const at = different < 0 ? parameters.length : different;
    const got = parameters[at] ? `'${pathText(parameters[at].path)}'` : 'none';
    throw new TypeError(
      `Optimizer was made for ${this.#names.length} parameters and expected '${this.#names[at] ?? 'none'}', got ${got}. ` +
        'Make a new Optimizer after the structure of the model has changed.',
    );
  }
}

/** The Variables that the filter chooses, each once, in the order of the walk. */
function findParameters(model: Module, wrt: Filter): Parameter[] {
  const filter = toFilter(wrt);
  const walk = new Walk(model, { graph: true, visit: 'data', functionName: 'Optimizer' });
  const found: Parameter[] = [];
  while (walk.step())
    if (walk.node instanceof Variable && filter.test(walk.path, walk.node))
      found.push({ path: [...walk.path], variable: walk.node as Variable });
  return found;
}

function gradientOf(grads: State<unknown>, path: Path, param: tf.Tensor): tf.Tensor {
  const found = grads.find(path);
  const gradient: unknown = found instanceof Variable ? found.value : found;
  const wanted = `a gradient of shape [${param.shape.join(', ')}] for '${pathText(path)}'`;
  if (!(gradient instanceof tf.Tensor))
    throw new TypeError(`Optimizer.update expected ${wanted}, got none. Give grad and Optimizer the same filter wrt.`);
  if (!tf.util.arraysEqual(gradient.shape, param.shape))
    throw new TypeError(`Optimizer.update expected ${wanted}, got [${gradient.shape.join(', ')}]. Pass the gradients of this model.`);
  return gradient;
}
