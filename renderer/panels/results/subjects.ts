/** @file What the results panel shows for a selection: values and their gradients, per call, and parameters. Pure. */
import type { ModelClass, Path, PortRef } from '../../../core/document/index.ts';
import type { ModuleInfo, RunResult, Summary, ValueKey, VariableResult, WireResult } from '../../../core/run/index.ts';
import { wiresAt, wiresOfModule } from '../../state/runs/lookup.ts';
import { formatPath, pathKey } from '../../state/paths.ts';

/** A value beside its gradient. */
export interface Subject {
  readonly id: string;
  /** `linear1`, `linear1.kernel`, `relu (call 2)`. */
  readonly title: string;
  /** What it is: 'output', `Param`, `BatchStat` … */
  readonly kind: string;
  readonly value: Measured;
  readonly gradient: Measured | null;
  readonly names: readonly string[];
}

export interface Measured {
  readonly key: ValueKey;
  readonly summary: Summary;
}

function measured(key: ValueKey | null, summary: Summary | null): Measured | null {
  return key === null || summary === null ? null : { key, summary };
}

function ofWire(wire: WireResult, title: string, calls: number, names: readonly string[]): Subject {
  return {
    id: wire.valueKey,
    title: calls > 1 ? `${title} (call ${wire.call + 1})` : title,
    kind: wire.module === null ? 'value' : 'output',
    value: { key: wire.valueKey, summary: wire.value },
    gradient: measured(wire.gradientKey, wire.gradient),
    names,
  };
}

export function ofVariable(variable: VariableResult): Subject {
  return {
    id: variable.valueKey,
    title: formatPath(variable.path),
    kind: variable.type,
    value: { key: variable.valueKey, summary: variable.value },
    gradient: measured(variable.gradientKey, variable.gradient),
    names: [],
  };
}

/** The name of a graph node as the user knows it. */
export function nodeTitle(modelClass: ModelClass, id: string): string {
  const node = modelClass.nodes[id];
  if (!node) return id;
  if (node.kind === 'call') return modelClass.members.find((member) => member.id === node.member)?.name ?? id;
  if (node.kind === 'op') return node.op;
  return node.kind === 'constant' ? 'constant' : node.name;
}

/** What left a port, once per call. */
export function subjectsOfPort(result: RunResult, modelClass: ModelClass, instance: Path, port: PortRef): readonly Subject[] {
  const wires = wiresAt(result, instance, port);
  const names = modelClass.probes
    .filter((probe) => probe.at.node === port.node && probe.at.port === port.port)
    .map((probe) => `${probe.kind} ${probe.name}`);
  return wires.map((wire) => ofWire(wire, nodeTitle(modelClass, port.node), wires.length, names));
}

/** What a node gave, and the Variables of the Module that it calls. */
export function subjectsOfNode(result: RunResult, modelClass: ModelClass, instance: Path, node: string): readonly Subject[] {
  const outputs = result.wires.filter((wire) => wire.node === node && pathKey(wire.instance) === pathKey(instance));
  const ports = [...new Set(outputs.map((wire) => wire.port))];
  const module = outputs.find((wire) => wire.module !== null)?.module ?? null;
  return [
    ...ports.flatMap((port) => subjectsOfPort(result, modelClass, instance, { node, port })),
    ...(module ? variablesUnder(result, module) : []),
  ];
}

/** What a Module returned, once per call, and its own Variables. */
export function subjectsOfModule(result: RunResult, module: ModuleInfo): readonly Subject[] {
  const wires = wiresOfModule(result, module);
  return [...wires.map((wire) => ofWire(wire, formatPath(module.path), wires.length, [])), ...variablesUnder(result, module.path)];
}

function variablesUnder(result: RunResult, path: Path): readonly Subject[] {
  const key = pathKey(path);
  return result.variables
    .filter((variable) => pathKey(variable.path.slice(0, -1)) === key && !variable.type.startsWith('Rng'))
    .map(ofVariable);
}
