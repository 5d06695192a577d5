/** @file Probes of a document: the Variable types to capture, what was captured under them, and those that said nothing. */
import type { ModelDocument } from '../document/schema.ts';
import { variableTypeOf } from '../build/variable-type.ts';
import type { VariableType } from '../nnx/variable-names.ts';
import { Intermediate, Perturbation } from '../nnx/variable.ts';
import type { CapturedResult, ModuleInfo, RunProblem } from './protocol.ts';

/** What `capture` is asked for: the types of all probes, and those under which layers sow by themselves. */
export function capturedTypes(document: ModelDocument): readonly VariableType[] {
  const named = Object.values(document.classes).flatMap(({ probes }) => probes.map(({ variableType }) => variableTypeOf(variableType)));
  return [...new Set<VariableType>([Intermediate, Perturbation, ...named])];
}

/** Probes in Modules that the forward pass never called, or that stand behind a node that it does not need. */
export function silentProbes(
  document: ModelDocument,
  modules: readonly ModuleInfo[],
  captured: readonly Pick<CapturedResult, 'path' | 'kind'>[],
): RunProblem[] {
  const heard = new Set(captured.map(({ path, kind }) => JSON.stringify([kind, path])));
  return Object.values(document.classes).flatMap(({ name: type, probes }) =>
    modules
      .filter((module) => module.type === type)
      .flatMap(({ path }) =>
        probes
          .filter(({ kind, name }) => !heard.has(JSON.stringify([kind, [...path, name]])))
          .map(({ kind, name, at }) => ({
            code: 'probe/silent',
            message: `${kind}('${name}') in ${type} never ran: the forward pass does not reach it.`,
            hint: 'Wire the node behind the probe to an output, or remove the probe.',
            path,
            node: at.node,
          })),
      ),
  );
}
