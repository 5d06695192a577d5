/** @file Probes of Modules that exist, of which the pass heard nothing. */
import type { NodeId, Path, Probe } from '../../document/schema.ts';
import type { Seen, SeenPass } from '../seen.ts';

export interface SilentProbe {
  readonly path: Path;
  /** The class. */
  readonly type: string;
  readonly name: string;
  readonly node: NodeId;
  readonly probe: string;
}

export function silentProbes({ document }: Seen, { captured, modules }: SeenPass, kind: Probe['kind']): readonly SilentProbe[] {
  const heard = new Set(captured.filter((each) => each.kind === kind).map(({ path }) => JSON.stringify(path)));
  return Object.values(document.classes).flatMap(({ name: type, probes }) =>
    modules
      .filter((module) => module.type === type)
      .flatMap(({ path }) =>
        probes
          .filter((probe) => probe.kind === kind && !heard.has(JSON.stringify([...path, probe.name])))
          .map(({ id, name, at }) => ({ path, type, name, node: at.node, probe: id })),
      ),
  );
}
