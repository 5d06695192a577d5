/** @file A pass as the diagnoses see it. */
import type { Numbers, SeenPass } from '../diagnose/seen.ts';
import { flowOf } from '../diagnose/shared/flow.ts';
import type { Places } from '../diagnose/shared/places.ts';
import type { ModelDocument, Path } from '../document/schema.ts';
import type { Diagnostic } from '../nnx/diagnostics.ts';
import { toFilter } from '../nnx/filter.ts';
import { describeModules } from './describe.ts';
import type { OpenedModel } from './open-model.ts';
import type { Pass } from './pass.ts';
import type { CapturedResult, InsideResult, VariableResult, WireResult } from './protocol.ts';
import { openTrained } from './trained.ts';

type Measured<T> = Omit<T, 'value' | 'gradient'> & { readonly value: Numbers; readonly gradient: Numbers | null };

export interface PassGiven {
  readonly document: ModelDocument;
  /** In the modes of the pass. */
  readonly opened: OpenedModel;
  readonly pass: Pass;
  /** In the order of the pass. */
  readonly measured: {
    readonly wires: readonly Measured<WireResult>[];
    readonly insides: readonly Measured<InsideResult>[];
    readonly variables: readonly Measured<VariableResult>[];
    readonly captured: readonly Pick<CapturedResult, 'path' | 'kind' | 'variableType' | 'calls'>[];
  };
  readonly places: Places;
  readonly loss: number;
  readonly accuracy: number | null;
  readonly step: number | null;
  readonly isFresh: boolean;
  readonly view: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The tensors stay those of the pass, and must live as long as the result. */
export function seePass({ document, opened, pass, measured, places, ...given }: PassGiven): SeenPass {
  const { wires, insides, variables, captured } = measured;
  const isReached = (input: number | null): boolean => input !== null && pass.gradients[input] != null;
  const reachedParams = new Set(pass.params.flatMap(({ path }, i) => (isReached(i) ? [JSON.stringify(path)] : [])));
  const trained = trainedPaths(document, opened, pass);
  const seen = wires.map(({ instance, node, port, call, value, gradient }, i) => {
    const { value: tensor, input } = pass.watched[i]!;
    return { instance, node, port, call, value, gradient, isReached: isReached(input), tensor };
  });
  return {
    ...given,
    wires: seen,
    flow: flowOf(seen, places),
    insides: insides.map(({ module, name, call, calls, calledBy, value, gradient }) => ({
      module,
      name,
      call,
      calls,
      calledBy,
      value,
      gradient,
    })),
    variables: variables.map(({ path, name, type, shape, calls, value, gradient }) => {
      const key = JSON.stringify(path);
      return { path, name, type, shape, calls, value, gradient, isReached: reachedParams.has(key), isTrained: trained.has(key) };
    }),
    captured,
    unreached: unreachedPerturbations(pass),
    modules: describeModules(opened.model),
  };
}

function unreachedPerturbations({ states, perturbations, gradients }: Pass): readonly Path[] {
  return states
    .flatMap((state) => state.flat())
    .filter(([, variable]) => perturbations.callsOf(variable) > 0 && !perturbations.isReached(variable, gradients))
    .map(([path]) => path);
}

/** Of a filter that finds nothing all are: that is a problem of its own. */
function trainedPaths(document: ModelDocument, { model }: OpenedModel, { params }: Pass): ReadonlySet<string> {
  const all = (): ReadonlySet<string> => new Set(params.map(({ path }) => JSON.stringify(path)));
  try {
    const filter = toFilter(openTrained(document, model));
    return new Set(params.filter(({ path, variable }) => filter.test(path, variable)).map(({ path }) => JSON.stringify(path)));
  } catch {
    return all();
  }
}
