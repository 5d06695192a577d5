/** @file What the results panel shows for a selection: values and their gradients, per call, and parameters. Pure. */
import type { ModelClass, Path, PortRef } from '../../../core/document/index.ts';
import { graphOf, nodeName } from '../../../core/graph/index.ts';
import type { InsideResult, ModuleInfo, RunResult, Statistics, ValueKey, VariableResult, WireResult } from '../../../core/run/index.ts';
import type { TensorKind } from '../../charts/planes.ts';
import { formatPath, pathKey } from '../../state/paths.ts';
import { insidesAt, insidesOfModule, insidesOfNode, variablesOf, wiresAt, wiresOfModule, wiresOfNode } from '../../state/runs/lookup.ts';
import { kindOfInside, kindOfValue, kindOfVariable } from './tensor-kinds.ts';

/** A value beside its gradient. */
export interface Subject {
  readonly id: string;
  /** `linear1`, `linear1.kernel`, `relu, call 2 of 3`. */
  readonly title: string;
  /** What it is: 'output', `Param`, `BatchStat` … */
  readonly kind: string;
  /** How it is drawn. */
  readonly tensorKind: TensorKind;
  readonly value: Measured;
  readonly gradient: Measured | null;
  readonly names: readonly string[];
}

export interface Measured {
  readonly key: ValueKey;
  readonly summary: Statistics;
}

function measured(key: ValueKey | null, summary: Statistics | null): Measured | null {
  return key === null || summary === null ? null : { key, summary };
}

/** `shared`, or `shared, call 1 of 2` where it is called more often. */
function callTitle(title: string, call: number, calls: number): string {
  return calls > 1 ? `${title}, call ${call + 1} of ${calls}` : title;
}

/** Which call of how many: of the Module that made the value, whichever node called it; else of the instance that the wire is in. */
function callOf(result: RunResult, wire: WireResult, wires: readonly WireResult[]): readonly [call: number, calls: number] {
  const outputs = wire.module === null ? [] : insidesAt(result, wire.module).filter(({ name }) => name === 'output');
  const seen = outputs.find(({ valueKey }) => valueKey === wire.valueKey);
  return seen ? [seen.call, seen.calls] : [wire.call, wires.length];
}

function ofWire(result: RunResult, wire: WireResult, wires: readonly WireResult[], title: string, names: readonly string[]): Subject {
  return {
    id: wire.valueKey,
    title: callTitle(title, ...callOf(result, wire, wires)),
    kind: wire.module === null ? 'value' : 'output',
    tensorKind: kindOfValue(result, wire.value),
    value: { key: wire.valueKey, summary: wire.value },
    gradient: measured(wire.gradientKey, wire.gradient),
    names,
  };
}

/** What a Module returned, or showed of its inside, at each of its calls. */
function ofInside(result: RunResult, inside: InsideResult): Subject {
  const { module, name, call, calls } = inside;
  return {
    id: inside.valueKey,
    title: callTitle(name === 'output' ? formatPath(module) : `${formatPath(module)}.${name}`, call, calls),
    kind: name === 'output' ? 'output' : 'inside',
    tensorKind: kindOfInside(result, inside),
    value: { key: inside.valueKey, summary: inside.value },
    gradient: measured(inside.gradientKey, inside.gradient),
    names: [],
  };
}

function ofVariable(result: RunResult, variable: VariableResult): Subject {
  return {
    id: variable.valueKey,
    title: formatPath(variable.path),
    kind: variable.type,
    tensorKind: kindOfVariable(result, variable),
    value: { key: variable.valueKey, summary: variable.value },
    gradient: measured(variable.gradientKey, variable.gradient),
    names: variable.gradient && variable.calls > 1 ? [`gradient summed over ${variable.calls} calls`] : [],
  };
}

/** The name of a graph node as the user knows it. */
export function titleOf(modelClass: ModelClass, id: string): string {
  const node = graphOf(modelClass).node(id);
  return node ? nodeName(modelClass, node) : id;
}

/** What left a port, once per call. */
export function subjectsOfPort(result: RunResult, modelClass: ModelClass, instance: Path, port: PortRef): readonly Subject[] {
  const wires = wiresAt(result, instance, port);
  const names = graphOf(modelClass)
    .probesAt(port)
    .map((probe) => `${probe.kind} ${probe.name}`);
  return wires.map((wire) => ofWire(result, wire, wires, titleOf(modelClass, port.node), names));
}

const isAttention = ({ name }: InsideResult): boolean => name === 'attentionWeights';

/** What a node gave, what lies inside of the list or layer that it calls, and their Variables. */
export function subjectsOfNode(result: RunResult, modelClass: ModelClass, instance: Path, node: string): readonly Subject[] {
  const outputs = wiresOfNode(result, instance, node);
  const ports = [...new Set(outputs.map((wire) => wire.port))];
  const module = outputs.find((wire) => wire.module !== null)?.module ?? null;
  const insides = insidesOfNode(result, instance, node);
  const shown = new Set(outputs.map(({ valueKey }) => valueKey));
  const paths = new Map([...(module ? [module] : []), ...insides.map((inside) => inside.module)].map((path) => [pathKey(path), path]));
  return [
    // What attention looks at is what one looks for.
    ...insides.filter(isAttention).map((inside) => ofInside(result, inside)),
    ...ports.flatMap((port) => subjectsOfPort(result, modelClass, instance, { node, port })),
    ...insides.filter((inside) => !shown.has(inside.valueKey) && !isAttention(inside)).map((inside) => ofInside(result, inside)),
    ...[...paths.values()].flatMap((path) => variablesUnder(result, path)),
  ];
}

/** What a Module returned, once per call, and its own Variables. */
export function subjectsOfModule(result: RunResult, module: ModuleInfo): readonly Subject[] {
  const insides = insidesOfModule(result, module);
  const shown = new Set(insides.map(({ valueKey }) => valueKey));
  const wires = wiresOfModule(result, module).filter(({ valueKey }) => !shown.has(valueKey));
  return [
    ...insides.map((inside) => ofInside(result, inside)),
    ...wires.map((wire) => ofWire(result, wire, wires, formatPath(module.path), [])),
    ...variablesUnder(result, module.path),
  ];
}

function variablesUnder(result: RunResult, path: Path): readonly Subject[] {
  return variablesOf(result, path).map((variable) => ofVariable(result, variable));
}
