/**
 * @file What the Module system noticed and a person should hear of: things that Flax does silently, and deprecations.
 * core has no console of its own; whoever shows messages subscribes.
 */
import { type Path, pathTuple } from './path.ts';

/** What happened. Stable: the editor keys its explanations by these. */
export type DiagnosticCode =
  /** A form that Flax deprecates. */
  | 'deprecated'
  /** A value was sown under a Variable type that no capture asked for, and dropped. */
  | 'sow-dropped'
  /** A name was used twice in one State, so that one value hides another. */
  | 'name-collision'
  /** A gradient was asked for, but the value that `perturb` returned does not reach the result. */
  | 'perturbation-unused'
  /** One perturbation was used by several calls: its gradient is the sum over them. */
  | 'perturbation-summed'
  /** An entry of `init` fits no Module of the captured graph, or is no Variable. */
  | 'init-ignored'
  /** `methodOutputs` names a type that is not captured, so that nothing is recorded. */
  | 'method-outputs-dropped'
  /** Both directions of a Bidirectional are one RNN, which shares its parameters. */
  | 'directions-shared'
  /** Attention decodes under a causal mask, which hides all but the first position from every query. */
  | 'causal-decode';

/** One thing noticed: what, where, and a sentence that says what to do. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** The Module, from the root of the captured graph; null where there is no graph to name it in. */
  readonly path: Path | null;
  /** The name of the sown value, perturbation or method; null where none is meant. */
  readonly name: string | null;
  readonly message: string;
}

/** Receives what is noticed. Must not throw. */
export type DiagnosticHandler = (diagnostic: Diagnostic) => void;

const handlers = new Set<DiagnosticHandler>();

/** Subscribes to everything noticed from now on; returns the function that ends the subscription. */
export function onDiagnostic(handler: DiagnosticHandler): () => void {
  handlers.add(handler);
  return () => void handlers.delete(handler);
}

/** Tells all subscribers. Silent when there are none. */
export function report(diagnostic: Diagnostic): void {
  for (const handler of handlers) handler(diagnostic);
}

/** Reports the use of a deprecated form. */
export function reportDeprecated(message: string, name: string): void {
  report({ code: 'deprecated', path: null, name, message });
}

/** The Module at a path, as sentences name it. */
export function placeText(path: Path | null): string {
  if (path === null) return 'a Module outside the captured graph';
  return path.length === 0 ? 'the root Module' : `the Module at ${pathTuple(path)}`;
}
