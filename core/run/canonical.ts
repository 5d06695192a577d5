/** @file One path for a Module that several paths lead to. */
import type { Path } from '../document/schema.ts';
import type { ModuleInfo } from './protocol.ts';

/** The path that `iterModules` gives, for any that leads to the same Module. */
export function canonicalIn(modules: readonly ModuleInfo[]): (path: Path) => Path {
  const firstPath = new Map(modules.flatMap(({ path, alsoAt }) => alsoAt.map((other) => [JSON.stringify(other), path])));
  return (path) => firstPath.get(JSON.stringify(path)) ?? path;
}
