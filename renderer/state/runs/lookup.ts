/** @file Finding a Module or a wire in what the worker sent, by index instead of by search. */
import type { NodeId, Path, PortRef } from '../../../core/document/index.ts';
import type { InsideResult, ModuleInfo, RunResult, WireResult } from '../../../core/run/index.ts';
import { memoByIdentity } from '../derived/memo.ts';
import { pathKey } from '../paths.ts';

const NO_WIRES: readonly WireResult[] = [];

/** Modules by `pathKey`, under every path that leads to them. */
export const modulesByPath = memoByIdentity((modules: readonly ModuleInfo[]): ReadonlyMap<string, ModuleInfo> => {
  const index = new Map<string, ModuleInfo>();
  for (const module of modules) for (const path of [module.path, ...module.alsoAt]) index.set(pathKey(path), module);
  return index;
});

const wireKey = (instance: Path, node: NodeId, port: string): string => `${pathKey(instance)} ${node} ${port}`;

const wiresByPort = memoByIdentity((result: RunResult): ReadonlyMap<string, readonly WireResult[]> => {
  const index = new Map<string, WireResult[]>();
  for (const wire of result.wires) {
    const key = wireKey(wire.instance, wire.node, wire.port);
    const known = index.get(key);
    if (known) known.push(wire);
    else index.set(key, [wire]);
  }
  return index;
});

const wiresByModule = memoByIdentity((result: RunResult): ReadonlyMap<string, readonly WireResult[]> => {
  const index = new Map<string, WireResult[]>();
  for (const wire of result.wires) {
    if (wire.module === null) continue;
    const key = pathKey(wire.module);
    const known = index.get(key);
    if (known) known.push(wire);
    else index.set(key, [wire]);
  }
  return index;
});

/** What left a port in the latest run, one entry per call of the instance. */
export function wiresAt(result: RunResult | undefined, instance: Path, { node, port }: PortRef): readonly WireResult[] {
  return (result && wiresByPort(result).get(wireKey(instance, node, port))) ?? NO_WIRES;
}

/** What a Module returned or showed in a run, one entry per call and name. */
export function insidesOfModule(result: RunResult, { path, alsoAt }: ModuleInfo): readonly InsideResult[] {
  const keys = new Set([path, ...alsoAt].map(pathKey));
  return result.insides.filter(({ module }) => keys.has(pathKey(module)));
}

/** What Modules returned or showed while a node of an instance ran, outside of every other graph. */
export function insidesOfNode(result: RunResult, instance: Path, node: NodeId): readonly InsideResult[] {
  const key = pathKey(instance);
  return result.insides.filter(({ calledBy }) => calledBy?.node === node && pathKey(calledBy.instance) === key);
}

/** What a Module returned in the latest run, one entry per call. */
export function wiresOfModule(result: RunResult | undefined, module: ModuleInfo | undefined): readonly WireResult[] {
  if (!result || !module) return NO_WIRES;
  return [module.path, ...module.alsoAt].flatMap((path) => wiresByModule(result).get(pathKey(path)) ?? NO_WIRES);
}
