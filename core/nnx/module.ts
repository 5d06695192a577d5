/** @file The base class of layers and models. Port of flax/nnx/module.py at 18f8f31. */
import { tf } from '../tensor/tf.ts';
import { accumulate, addPerturbation, contextsOf, isCapturing, makeVariable, type SowOptions, wrongTypeError } from './capture-context.ts';
import { reportDeprecated } from './diagnostics.ts';
import { ValueError } from './errors.ts';
import type { Filter } from './filter.ts';
import type { GraphOption } from './graph-mode.ts';
import { childrenOf, modulesBelow } from './iterate.ts';
import { MODE_NAMES, modesFor } from './modes.ts';
import type { Path, PathPart } from './path.ts';
import { brandModules, hasAttribute, isPytree, Pytree } from './pytree.ts';
import { assignWhereFound, type AttributeValues, refuseMissing } from './set-attributes.ts';
import { className, typeNameOf } from './type-name.ts';
import { toVariableType, type VariableType } from './variable-names.ts';
import { PendingZeros, Perturbation, Variable } from './variable.ts';

/** What travels between Modules: a tensor, or tensors in arrays and plain objects. */
export type Tensors = tf.Tensor | readonly Tensors[] | { readonly [name: string]: Tensors };

/** A Module with a forward pass. `call` is Flax's `__call__`: what `capture(model)` and Sequential run. */
export interface CallableModule<Args extends unknown[] = never[], Out = unknown> extends Module {
  call(...args: Args): Out;
}

/** Which Modules `setAttributes` changes, and whether a name that is found nowhere is an error. */
export interface SetAttributesOptions extends GraphOption {
  /** A filter, or an array of filters of which any may match; all Modules unless given. */
  readonly only?: Filter;
  /** True (default): a name that no selected Module has is a ValueError. */
  readonly raiseIfNotFound?: boolean;
}

/** The values that `sow` may be given names for. */
export type SownType = VariableType | string;

/**
 * Base class for all neural network modules. Port of nnx.Module.
 *
 * Assign submodules, Variables and plain settings to attributes in the constructor; write the forward pass as `call`.
 * Private `#names` are not allowed: `view` and `merge` copy attributes without running the constructor.
 */
export class Module extends Pytree {
  static override readonly typeName: string = 'Module';
  static override readonly recordsMethods: boolean = false;

  /**
   * Sets attributes of this Module and all Modules below it, children first; a Module that lacks a name is skipped for it.
   * Port of nnx.Module.set_attributes.
   * @throws ValueError if a name is found in no selected Module (the others have been set by then), unless told not to.
   */
  setAttributes(attributes: AttributeValues, { only = true, raiseIfNotFound = true, graph }: SetAttributesOptions = {}): void {
    const missing = assignWhereFound(this, attributes, only, graph);
    if (raiseIfNotFound) refuseMissing(missing);
  }

  /**
   * Training mode: `deterministic` and `useRunningAverage` become false wherever they exist, and further attributes as given.
   * Names that exist nowhere are ignored. Port of nnx.Module.train.
   */
  train(attributes: AttributeValues = {}, options: GraphOption = {}): void {
    this.setAttributes(withModes(attributes, false), { ...options, raiseIfNotFound: false });
  }

  /**
   * Evaluation mode: `deterministic` and `useRunningAverage` become true wherever they exist, and further attributes as given.
   * Names that exist nowhere are ignored. Port of nnx.Module.eval.
   */
  eval(attributes: AttributeValues = {}, options: GraphOption = {}): void {
    this.setAttributes(withModes(attributes, true), { ...options, raiseIfNotFound: false });
  }

  /**
   * Stores a value for `capture` to return, by default in an array with one entry per call. The tensors are shared, not
   * copied, and belong to the State that `capture` returns. Port of nnx.Module.sow.
   * Outside of every capture it is deprecated, and keeps the newest value in an attribute of that name, unless `reduceFn` says otherwise:
   * Flax keeps one more with every call, which a training would pile up.
   * @returns false if no running capture asked for exactly this Variable type: the value is dropped, and that is reported.
   * @throws ValueError outside of captures, if the attribute is there and no Variable of exactly this type.
   */
  sow(type: SownType, name: string, value: unknown, options: SowOptions = {}): boolean {
    const variableType = toVariableType(type);
    const contexts = contextsOf(this);
    if (contexts.length === 0) return sowOutside(this, variableType, name, value, options);
    let isStored = false;
    for (const context of contexts) isStored = context.record(this, variableType, name, value, options) || isStored;
    const [outermost] = contexts;
    if (!isStored)
      outermost!.notice(
        'sow-dropped',
        outermost!.pathOf(this) ?? null,
        name,
        `sow('${name}') was dropped: no running capture asked for exactly ${className(variableType)}. Add it to the captured types.`,
      );
    return isStored;
  }

  /**
   * The value plus the perturbation that the running capture holds under a name; the gradient with respect to that
   * perturbation is the gradient at this point. Use what it returns, not the value. Port of nnx.Module.perturb.
   *
   * Returns the value itself, and makes no tensor, unless a gradient is being recorded or a perturbation is not zero.
   * A number becomes a float32 scalar, which the surrounding tidy frees.
   * Outside of every capture it is deprecated, and keeps the perturbation in an attribute of that name.
   * @throws ValueError if the perturbation has another shape than the value (Flax broadcasts, and gives a wrong gradient), or,
   *   outside of captures, if the attribute is there and no Variable of this type; TypeError for arrays and objects.
   */
  perturb<V extends tf.Tensor>(name: string, value: V, type?: SownType): V;
  perturb(name: string, value: tf.Tensor | number, type?: SownType): tf.Tensor;
  perturb(name: string, value: tf.Tensor | number, type: SownType = Perturbation): tf.Tensor {
    if (typeof value !== 'number' && !(value instanceof tf.Tensor))
      throw new TypeError(
        `perturb('${name}') takes a tensor or a number, got ${typeNameOf(value)}. Perturb each tensor by a name of its own.`,
      );
    if (typeof value === 'number') return tf.tidy(() => this.perturb(name, tf.scalar(value), type));
    const variableType = toVariableType(type);
    const contexts = contextsOf(this);
    if (contexts.length === 0) return perturbOutside(this, variableType, name, value);
    return contexts.reduce((perturbed, context) => context.perturb(this, variableType, name, perturbed), value);
  }

  /** Deprecated: use `iterModules(module)`. Port of nnx.Module.iter_modules. */
  *iterModules(): Generator<[Path, Module]> {
    reportDeprecated("The 'm.iterModules()' method is deprecated; use the 'iterModules(m)' function instead.", 'iterModules');
    yield* modulesBelow(this, undefined) as Generator<[Path, Module]>;
  }

  /** Deprecated: use `iterChildren(module)`. Port of nnx.Module.iter_children. */
  *iterChildren(): Generator<[PathPart, Pytree | Variable<unknown>]> {
    reportDeprecated("The 'm.iterChildren()' method is deprecated; use the 'iterChildren(m)' function instead.", 'iterChildren');
    yield* childrenOf(this, undefined);
  }
}
brandModules(Module.prototype);

/**
 * Recursively yields all Modules below a Module (or below an array, object or State of Modules) with their paths, children
 * before parents, siblings sorted, and last the Module itself with the empty path. A shared Module comes once, under its
 * first path. Lazy: attributes may change on the way, and errors come with the first step. Port of nnx.iter_modules.
 * @throws ValueError in tree mode for shared Variables and cycles, and in both for Modules in an unmarked array or object.
 */
export function iterModules(root: unknown, { graph }: GraphOption = {}): Generator<[Path, Module]> {
  return modulesBelow(root, graph) as Generator<[Path, Module]>;
}

/**
 * Yields the immediate children that are Modules, other Pytrees (Rngs, streams) or Variables, with their keys, sorted; a shared
 * one under each of its names. What a plain container holds is no immediate child. Port of nnx.iter_children.
 * @throws ValueError, at the first step, for what has no children: tensors, numbers, Variables.
 */
export function iterChildren(node: unknown, { graph }: GraphOption = {}): Generator<[PathPart, Pytree | Variable<unknown>]> {
  return childrenOf(node, graph);
}

/** As `iterChildren`, without Variables. Port of nnx.iter_module_children. */
export function* iterModuleChildren(node: unknown, { graph }: GraphOption = {}): Generator<[PathPart, Pytree]> {
  for (const [key, child] of childrenOf(node, graph)) if (isPytree(child)) yield [key, child];
}

// Functions, not private methods: those are missing on the copies that view and merge make.
function sowOutside(module: Module, type: VariableType, name: string, value: unknown, options: SowOptions): boolean {
  const attributes = module as unknown as Record<string, unknown>;
  let present: Variable<unknown> | null = null;
  if (hasAttribute(module, name)) {
    const found = attributes[name];
    if (!(found instanceof Variable))
      throw new ValueError(`Expected '${name}' to be a Variable, got ${nameOfAttribute(found)}. Use another name.`);
    if (found.constructor !== type) throw wrongTypeError(name, type, typeNameOf(found));
    present = found;
  }
  attributes[name] = accumulate(type, present, value, { reduceFn: newestAlone, ...options });
  reportOutside(module, 'sow', 'the newest value stays', name);
  return true;
}

function newestAlone(_previous: never, value: never): unknown {
  return [value];
}

function perturbOutside(module: Module, type: VariableType, name: string, value: tf.Tensor): tf.Tensor {
  const attributes = module as unknown as Record<string, unknown>;
  if (!hasAttribute(module, name)) attributes[name] = makeVariable(type, new PendingZeros(value.shape, value.dtype));
  const present = attributes[name];
  if (!(present instanceof type)) throw wrongTypeError(name, type, nameOfAttribute(present));
  reportOutside(module, 'perturb', 'the zeros stay', name);
  return addPerturbation(present as Variable, value, name, null);
}

function reportOutside(module: Module, method: string, whatStays: string, name: string): void {
  const remedy = isCapturing()
    ? `This ${typeNameOf(module)} is not in the captured graph: make it before the call, and hold it in an attribute, a List or data([…]).`
    : 'Run the model in capture().';
  reportDeprecated(`Using 'Module.${method}()' outside of 'capture()' is deprecated: ${whatStays} on the Module. ${remedy}`, name);
}

function withModes(attributes: AttributeValues, value: boolean): AttributeValues {
  for (const name of MODE_NAMES)
    if (name in attributes)
      throw new TypeError(
        `setAttributes got multiple values for '${name}': ${value ? 'eval' : 'train'}() sets it. Call setAttributes instead.`,
      );
  return { ...modesFor(value), ...attributes };
}

function nameOfAttribute(value: unknown): string {
  return typeof value === 'function' ? 'method' : typeNameOf(value);
}
