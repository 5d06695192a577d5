/** @file The probe of a document behind a captured path. */
import type { NodeId, Path, Probe } from '../../document/schema.ts';
import type { Seen } from '../seen.ts';

export interface ProbePlace {
  readonly name: string;
  /** The id of the probe; null where a layer sows by itself. */
  readonly probe: string | null;
  readonly place: NodeId | null;
}

/** `path` is that of the Module and the name, as Flax prints it. */
export function probeAt({ places }: Seen, path: Path, kind: Probe['kind']): ProbePlace {
  const name = String(path.at(-1));
  const used = places.instance(path.slice(0, -1));
  const probe = used?.class.probes.find((each) => each.kind === kind && each.name === name);
  return { name, probe: probe?.id ?? null, place: probe?.at.node ?? null };
}
