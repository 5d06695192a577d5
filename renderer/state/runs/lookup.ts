/** @file Finding a Module or a value in what the worker sent, by index instead of by search. */
import type { NodeId, Path, PortRef } from '../../../core/document/index.ts';
import type { InsideResult, ModuleInfo, RunResult, WireResult } from '../../../core/run/index.ts';
import { memoByIdentity } from '../derived/memo.ts';
import { pathKey } from '../paths.ts';

const NOTHING: readonly never[] = [];

type Groups<T> = ReadonlyMap<string, readonly T[]>;

/** Items under their keys, in their order; those without a key are left out. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | null): Groups<T> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Modules by `pathKey`, under every path that leads to them. */
export const modulesByPath = memoByIdentity((modules: readonly ModuleInfo[]): ReadonlyMap<string, ModuleInfo> => {
  const index = new Map<string, ModuleInfo>();
  for (const module of modules) for (const path of [module.path, ...module.alsoAt]) index.set(pathKey(path), module);
  return index;
});

const nodeKey = (instance: Path, node: NodeId): string => `${pathKey(instance)} ${node}`;

const wiresByNode = memoByIdentity(({ wires }: RunResult) => groupBy(wires, ({ instance, node }) => nodeKey(instance, node)));
const wiresByModule = memoByIdentity(({ wires }: RunResult) => groupBy(wires, ({ module }) => module && pathKey(module)));
const insidesByModule = memoByIdentity(({ insides }: RunResult) => groupBy(insides, ({ module }) => pathKey(module)));
const insidesByNode = memoByIdentity(({ insides }: RunResult) =>
  groupBy(insides, ({ calledBy }) => calledBy && nodeKey(calledBy.instance, calledBy.node)),
);
const variablesByModule = memoByIdentity(({ variables }: RunResult) => groupBy(variables, ({ path }) => pathKey(path.slice(0, -1))));

function underModule<T>(groups: Groups<T>, { path, alsoAt }: Pick<ModuleInfo, 'path' | 'alsoAt'>): readonly T[] {
  return alsoAt.length === 0
    ? (groups.get(pathKey(path)) ?? NOTHING)
    : [path, ...alsoAt].flatMap((each) => groups.get(pathKey(each)) ?? NOTHING);
}

/** What left a node in a run, one entry per port and call of the instance. */
export function wiresOfNode(result: RunResult | undefined, instance: Path, node: NodeId): readonly WireResult[] {
  return (result && wiresByNode(result).get(nodeKey(instance, node))) ?? NOTHING;
}

/** What left a port in a run, one entry per call of the instance. */
export function wiresAt(result: RunResult | undefined, instance: Path, { node, port }: PortRef): readonly WireResult[] {
  return wiresOfNode(result, instance, node).filter((wire) => wire.port === port);
}

/** What a Module returned on wires, one entry per call. */
export function wiresOfModule(result: RunResult, module: ModuleInfo): readonly WireResult[] {
  return underModule(wiresByModule(result), module);
}

/** What the Module at the path that `iterModules` gives returned or showed. */
export function insidesAt(result: RunResult, module: Path): readonly InsideResult[] {
  return insidesByModule(result).get(pathKey(module)) ?? NOTHING;
}

/** What a Module returned or showed in a run, one entry per call and name. */
export function insidesOfModule(result: RunResult, module: ModuleInfo): readonly InsideResult[] {
  return underModule(insidesByModule(result), module);
}

/** What Modules returned or showed while a node of an instance ran, outside of every other graph. */
export function insidesOfNode(result: RunResult, instance: Path, node: NodeId): readonly InsideResult[] {
  return insidesByNode(result).get(nodeKey(instance, node)) ?? NOTHING;
}

/** What a Module returned, one entry per call: as it was seen itself, else on the wires behind it. */
export function seenOfModule(result: RunResult | undefined, module: ModuleInfo): readonly (InsideResult | WireResult)[] {
  if (!result) return NOTHING;
  const own = insidesOfModule(result, module).filter(({ name }) => name === 'output');
  return own.length > 0 ? own : wiresOfModule(result, module);
}

/** The Variables that a Module holds itself, random state left out: its numbers say nothing. */
export function variablesOf(result: RunResult, module: Path): RunResult['variables'] {
  return (variablesByModule(result).get(pathKey(module)) ?? NOTHING).filter(({ type }) => !type.startsWith('Rng'));
}
