import type { Filter } from '../nnx/filter.ts';
import { toFilter } from '../nnx/filter.ts';
import { dispose } from '../nnx/dispose.ts';
import { type GraphOption, isGraphMode } from '../nnx/graph-mode.ts';
import type { Module } from '../nnx/module.ts';
import type { Path } from '../nnx/path.ts';
import { pathText } from '../nnx/path.ts';
import { data, Pytree } from '../nnx/pytree.ts';
import type { State } from '../nnx/state.ts';
import { Param, PendingZeros, Variable } from '../nnx/variable.ts';
import { Walk } from '../nnx/walk.ts';
import { tf } from '../tensor/tf.ts';
import type { GradientTransformation, RuleState } from './define.ts';
import { advance, OptState, type Parameter } from './opt-state.ts';
import { combine } from './shared/kernels.ts';

export interface OptimizerOptions extends GraphOption {
  /** Which Variables are parameters; Params unless given. */
  readonly wrt?: Filter;
}

interface Chosen {
  readonly path: Path;
  readonly variable: Variable;
}

/**
 * A gradient transformation at work on a model. Port of nnx.Optimizer. Its state is walked as a Module's is, under Flax's own paths
 * (`opt_state.0.mu.linear1.kernel`, `step`): `state`, `update`, `clone`, `split` and `merge` take it, and `saveWeights` and `loadWeights` write and
 * read it.
 *
 * Memory: it owns what it remembers (one or two tensors per parameter, and counts of steps) until `dispose`; a step leaves nothing else behind.
 */
export class Optimizer extends Pytree {
  static override readonly typeName: string = 'Optimizer';
  static override readonly plumbing: ReadonlySet<string> = new Set(['dispose', 'parameterNames']);
  /** How many updates there have been: an int32 scalar. */
  readonly step: OptState;
  readonly tx: GradientTransformation;
  /** What the transformation remembers, under optax's names (`count`, `mu`, `nu`, `trace`) and the model's paths. */
  readonly optState: RuleState;
  readonly wrt: Filter;
  readonly graph: boolean | null;
  /** The paths of the parameters that it was made for. */
  readonly parameterNames: readonly string[];

  /**
   * Starts `tx` for the model's Variables that `wrt` chooses; give `grad` the same filter.
   * @throws TypeError if one of them is not a float32 tensor; ValueError, in tree mode, if Modules share one.
   */
  constructor(model: Module, tx: GradientTransformation, { wrt = Param, graph }: OptimizerOptions = {}) {
    super();
    const chosen = findParameters(model, wrt, graph);
    for (const { path, variable } of chosen)
      if (variable.dtype !== 'float32')
        throw new TypeError(
          `Optimizer expected float32 parameters, got ${variable.dtype} at '${pathText(path)}'. Leave it out by the filter wrt.`,
        );
    this.tx = tx;
    this.wrt = wrt;
    this.graph = graph ?? null;
    this.parameterNames = chosen.map(({ path }) => pathText(path));
    this.step = new OptState(new PendingZeros([], 'int32'));
    this.optState = data(tx.init(parametersOf(chosen)));
  }

  /**
   * One step: changes the model's parameters by what the transformation makes of the gradients. The gradients stay the caller's.
   * @throws TypeError if the model is not the one (or a twin of the one) that it was made for, or a gradient is missing.
   */
  update(model: Module, grads: State<unknown>): void {
    const chosen = findParameters(model, this.wrt, this.graph ?? undefined);
    refuseOtherModel(this.parameterNames, chosen);
    tf.tidy(() => {
      const params = parametersOf(chosen);
      const gradients = params.map(({ path, value }) => gradientOf(grads, path, value));
      const updates = this.tx.update({ tensors: gradients, factor: 1 }, this.optState, params);
      const next = params.map(({ value }, i) => combine(1, value, updates.factor, updates.tensors[i]!));
      for (const [i, { variable }] of chosen.entries()) variable.value = next[i]!;
      advance(this.step);
    });
  }

  /** Frees what it remembers. The model's parameters stay. */
  dispose(): void {
    dispose(this);
  }
}

function parametersOf(chosen: readonly Chosen[]): Parameter[] {
  return chosen.map(({ path, variable }) => ({ path, value: variable.value }));
}

/** The Variables that the filter chooses, each once, in the order of the walk. */
function findParameters(model: Module, wrt: Filter, graph: boolean | undefined): Chosen[] {
  const filter = toFilter(wrt);
  const walk = new Walk(model, { graph: isGraphMode(graph), visit: 'data', functionName: 'Optimizer' });
  const found: Chosen[] = [];
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

function refuseOtherModel(names: readonly string[], chosen: readonly Chosen[]): void {
  const different = chosen.findIndex(({ path }, i) => pathText(path) !== names[i]);
  if (different < 0 && chosen.length === names.length) return;
  const at = different < 0 ? chosen.length : different;
  const got = chosen[at] ? `'${pathText(chosen[at].path)}'` : 'none';
  throw new TypeError(
    `Optimizer was made for ${names.length} parameters and expected '${names[at] ?? 'none'}', got ${got}. ` +
      'Make a new Optimizer after the structure of the model has changed.',
  );
}
