/** @file What Flax would do without a word, said after a pass. */
import type { ModelDocument } from '../document/schema.ts';
import { type Diagnostic, placeText } from '../nnx/diagnostics.ts';
import type { Path } from '../nnx/path.ts';
import type { Pass } from './pass.ts';
import { silentProbes } from './probes.ts';
import type { CapturedResult, ModuleInfo, RunProblem } from './protocol.ts';

const probe = (path: Path): string => `perturb('${String(path.at(-1))}') in ${placeText(path.slice(0, -1))}`;

/** A perturbation that does not reach the loss: Flax gives a gradient of zeros. */
function unusedPerturbations({ states, perturbations, gradients }: Pass): RunProblem[] {
  return states
    .flatMap((state) => state.flat())
    .filter(([, variable]) => perturbations.callsOf(variable) > 0 && !perturbations.isReached(variable, gradients))
    .map(([path]) => ({
      code: 'probe/perturbation-unused',
      message: `The value behind ${probe(path)} does not reach the loss: its gradient is zero.`,
      hint: 'Wire what follows the probe to an output, or remove the probe.',
      path: path.slice(0, -1),
    }));
}

/** One perturbation for several calls: Flax gives the sum. */
function summedPerturbations(captured: readonly Pick<CapturedResult, 'path' | 'kind' | 'calls'>[]): RunProblem[] {
  return captured
    .filter(({ kind, calls }) => kind === 'perturb' && calls > 1)
    .map(({ path, calls }) => ({
      code: 'probe/perturbation-summed',
      message: `${probe(path)} ran ${calls} times: its gradient is the sum over the calls.`,
      hint: 'Each call has its own gradient on the wire.',
      path: path.slice(0, -1),
    }));
}

/** What nnx itself noticed. */
function noticed({ code, path, message }: Diagnostic): RunProblem {
  return { code: `nnx/${code}`, message, hint: '', ...(path ? { path } : {}) };
}

/** Warnings in the order of cause: what nnx heard, perturbations without an effect, sums over calls, probes that never ran. */
export function passWarnings(
  document: ModelDocument,
  pass: Pass,
  modules: readonly ModuleInfo[],
  captured: readonly Pick<CapturedResult, 'path' | 'kind' | 'calls'>[],
  diagnostics: readonly Diagnostic[],
): RunProblem[] {
  return [
    ...diagnostics.map(noticed),
    ...unusedPerturbations(pass),
    ...summedPerturbations(captured),
    ...silentProbes(document, modules, captured),
  ];
}
