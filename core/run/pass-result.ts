/** @file From a pass to what crosses to the window: its tensors are kept by key, their summaries are sent. */
import type { Path } from '../document/schema.ts';
import type { WatchedVariable } from '../nnx/grad-arguments.ts';
import { tensorsIn } from '../nnx/ownership.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { tf } from '../tensor/tf.ts';
import { canonicalIn } from './canonical.ts';
import type { Pass } from './pass.ts';
import { placeKey } from './place.ts';
import type {
  CapturedResult,
  InsideResult,
  ModuleInfo,
  NamedSummary,
  Statistics,
  ValueKey,
  VariableResult,
  WireResult,
} from './protocol.ts';
import type { RunValues } from './values.ts';

type Measured = ReadonlyMap<ValueKey, Statistics>;

/** Of a value and its gradient, before their numbers have been read. */
interface Keys {
  readonly valueKey: ValueKey;
  readonly gradientKey: ValueKey | null;
}

type CapturedDraft = Omit<CapturedResult, 'entries'> & { readonly keys: readonly ValueKey[] };

/** What a pass gave, by key. */
export interface PassDraft {
  readonly outputs: readonly Omit<NamedSummary, 'summary'>[];
  readonly wires: readonly Omit<WireResult, 'value' | 'gradient'>[];
  readonly insides: readonly Omit<InsideResult, 'value' | 'gradient'>[];
  readonly captured: readonly CapturedDraft[];
  readonly variables: readonly Omit<VariableResult, 'value' | 'gradient'>[];
}

/** Of the Module nearest above: a Variable may lie in a table of its own. */
function callsOf(path: Path, calls: Pass['calls']): number {
  for (let length = path.length - 1; length >= 0; length--) {
    const count = calls.get(JSON.stringify(path.slice(0, length)));
    if (count !== undefined) return count;
  }
  return 0;
}

/** Hands the tensors of one pass over, under keys that are new for each. */
class Keeper {
  readonly #values: RunValues;
  readonly #wires = new Map<tf.Tensor, Keys>();

  constructor(values: RunValues) {
    this.#values = values;
  }

  keep(key: ValueKey, tensor: tf.Tensor): ValueKey {
    return this.#values.keep(key, tensor);
  }

  /** Zeros where a value does not reach the loss, as Flax gives them. */
  gradient(key: ValueKey, gradient: tf.Tensor | null | undefined, of: tf.Tensor): ValueKey {
    return this.keep(`${key} gradient`, gradient ?? tf.zerosLike(of));
  }

  wires({ watched, gradients }: Pass, modules: readonly ModuleInfo[]): PassDraft['wires'] {
    const canonical = canonicalIn(modules);
    return watched.map(({ place, value, input }) => {
      const { node, port, call } = place;
      const instance = canonical(place.instance);
      const module = place.module && canonical(place.module);
      const key = placeKey({ kind: 'wire', instance, node, port, call });
      const gradientKey = input === null ? null : this.gradient(key, gradients[input], value);
      const keys: Keys = { valueKey: this.keep(key, value), gradientKey };
      this.#wires.set(value, keys);
      return { instance, node, port, call, module, ...keys };
    });
  }

  /** Behind `wires`: what a wire carries is kept once, under the wire's key. */
  insides({ insides, gradients, calls }: Pass, modules: readonly ModuleInfo[]): PassDraft['insides'] {
    const canonical = canonicalIn(modules);
    return insides.map(({ place, node, value, input }) => {
      const calledBy = node && { ...node, instance: canonical(node.instance) };
      const key = placeKey({ kind: 'module', ...place });
      const keys = this.#wires.get(value) ?? {
        valueKey: this.keep(key, value),
        gradientKey: input === null ? null : this.gradient(key, gradients[input], value),
      };
      return { ...place, calls: calls.get(JSON.stringify(place.module)) ?? 1, calledBy, ...keys };
    });
  }

  variables(
    { params, gradients, calls }: Pass,
    modules: readonly ModuleInfo[],
    variables: readonly WatchedVariable[],
  ): PassDraft['variables'] {
    const inputOf = new Map(params.map(({ variable }, i) => [variable, i]));
    const infos = new Map(modules.flatMap((module) => module.variables.map((info) => [JSON.stringify(info.path), info])));
    return variables.flatMap(({ path, variable }) => {
      const info = infos.get(JSON.stringify(path));
      const value: unknown = variable.getValue();
      if (!info || !(value instanceof tf.Tensor)) return [];
      const key = placeKey({ kind: 'variable', path });
      const input = inputOf.get(variable);
      const gradientKey = input === undefined ? null : this.gradient(key, gradients[input], value);
      return [{ ...info, calls: callsOf(path, calls), valueKey: this.keep(key, tf.clone(value)), gradientKey }];
    });
  }

  captured({ states, perturbations, gradients }: Pass): PassDraft['captured'] {
    const leaves = states.flatMap((state) => state.flat());
    return leaves.map(([path, variable], i) => {
      const shared = { path, variableType: typeNameOf(variable) };
      const calls = perturbations.callsOf(variable);
      if (calls > 0) {
        const gradient = perturbations.gradientOf(variable, gradients) ?? tf.zeros([...variable.shape]);
        return { ...shared, kind: 'perturb', calls, keys: [this.keep(`captured ${i}`, gradient)] };
      }
      const sown = tensorsIn(variable.getValue());
      const keys = sown.map((tensor, call) => this.keep(`captured ${i} ${call}`, tf.clone(tensor)));
      return { ...shared, kind: 'sow', calls: sown.length, keys };
    });
  }
}

/** Takes over the tensors of a pass; what is left of it (loss, count, States) stays the caller's. `modules` describe the model after it. */
export function keepPass(
  pass: Pass,
  values: RunValues,
  outputNames: readonly string[],
  modules: readonly ModuleInfo[],
  variables: readonly WatchedVariable[],
): PassDraft {
  const keeper = new Keeper(values);
  const draft: PassDraft = {
    outputs: pass.outputs.map((output, i) => ({ name: outputNames[i] ?? `output ${i}`, key: keeper.keep(`output ${i}`, output) })),
    wires: keeper.wires(pass, modules),
    insides: keeper.insides(pass, modules),
    captured: keeper.captured(pass),
    variables: keeper.variables(pass, modules, variables),
  };
  // Those at the handles of single perturb calls: only their sums are kept.
  for (const gradient of pass.gradients) if (gradient && !gradient.kept) gradient.dispose();
  return draft;
}

/** The same with the statistics of every value. */
export function withStatistics({ outputs, wires, insides, captured, variables }: PassDraft, measured: Measured) {
  const statisticsOf = (key: ValueKey): Statistics => measured.get(key) as Statistics;
  const both = <T extends Keys>(draft: T) => ({
    ...draft,
    value: statisticsOf(draft.valueKey),
    gradient: draft.gradientKey === null ? null : statisticsOf(draft.gradientKey),
  });
  return {
    outputs: outputs.map((output) => ({ ...output, summary: statisticsOf(output.key) })),
    wires: wires.map(both),
    insides: insides.map(both),
    captured: captured.map(({ keys, ...entry }) => ({ ...entry, entries: keys.map((key) => ({ key, summary: statisticsOf(key) })) })),
    variables: variables.map(both),
  };
}
