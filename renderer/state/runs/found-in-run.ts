/** @file What the diagnoses found in a run, by the node of a graph and by the Module of the tree: there, and within what is there. */
import type { Diagnosed } from '../../../core/diagnose/index.ts';
import type { NodeId, Path } from '../../../core/document/index.ts';
import { pathKey } from '../paths.ts';

export interface Found {
  /** The worst of it; `within`: nothing here, but something inside of what is here. */
  readonly kind: Diagnosed['severity'] | 'within';
  /** What was found in words, the worst first. */
  readonly texts: readonly string[];
}

export interface FoundInRun {
  /** At a node of the graph of an instance; `module`: what the node calls, in which more may lie. */
  atNode(instance: Path, node: NodeId, module: Path | null): Found | undefined;
  /** At a Module of the tree, or within it. */
  atModule(module: Path): Found | undefined;
}

export const NOTHING_FOUND: FoundInRun = { atNode: () => undefined, atModule: () => undefined };

const RANKS = { error: 0, warning: 1, note: 2 } as const;
const nodeKey = (instance: Path, node: NodeId): string => `${pathKey(instance)} ${node}`;

/** `moduleOf`: the Module that a node of an instance calls; null where it calls none, as an op. */
export function foundInRun(diagnoses: readonly Diagnosed[], moduleOf: (instance: Path, node: NodeId) => Path | null): FoundInRun {
  if (diagnoses.length === 0) return NOTHING_FOUND;
  const [atNodes, atModules, atCallees, inGraphs, below] = [new Groups(), new Groups(), new Groups(), new Groups(), new Groups()];
  for (const found of diagnoses) {
    const { path, node } = found;
    const callee = node === null ? null : moduleOf(path, node);
    if (node === null) atModules.add(pathKey(path), found);
    else {
      atNodes.add(nodeKey(path, node), found);
      inGraphs.add(pathKey(path), found);
    }
    // An op is of the Module whose graph it is in.
    if (node !== null) atCallees.add(pathKey(callee ?? path), found);
    const at = callee ?? path;
    for (let length = 0; length < at.length; length++) below.add(pathKey(at.slice(0, length)), found);
  }
  const ofCallee = (module: Path): Found | undefined => {
    const key = pathKey(module);
    return own(atModules.of(key)) ?? inside([...new Set([...inGraphs.of(key), ...below.of(key)])]);
  };
  return {
    atNode: (instance, node, module) => own(atNodes.of(nodeKey(instance, node))) ?? (module === null ? undefined : ofCallee(module)),
    atModule(module) {
      const key = pathKey(module);
      return own([...atModules.of(key), ...atCallees.of(key)]) ?? inside(below.of(key));
    },
  };
}

class Groups {
  readonly #groups = new Map<string, Diagnosed[]>();

  add(key: string, found: Diagnosed): void {
    const known = this.#groups.get(key);
    if (known) known.push(found);
    else this.#groups.set(key, [found]);
  }

  of(key: string): readonly Diagnosed[] {
    return this.#groups.get(key) ?? [];
  }
}

const worstFirst = (found: readonly Diagnosed[]): readonly Diagnosed[] => found.toSorted((a, b) => RANKS[a.severity] - RANKS[b.severity]);

function own(found: readonly Diagnosed[]): Found | undefined {
  const [worst] = worstFirst(found);
  return worst && { kind: worst.severity, texts: worstFirst(found).map(({ message }) => message) };
}

/** A note is no reason to look inside. */
function inside(found: readonly Diagnosed[]): Found | undefined {
  const alarming = worstFirst(found).filter(({ severity }) => severity !== 'note');
  return alarming.length === 0 ? undefined : { kind: 'within', texts: alarming.map(({ message }) => `Inside: ${message}`) };
}
