/** @file Probes as named places for hooks: `nn.Identity` members, which see the value going forward and its gradient coming back. */
import type { ModelClass } from '../../document/schema.ts';
import type { CodeModel } from '../code-model.ts';
import { freeName } from '../code-model.ts';
import { pythonName } from '../python/names.ts';

/** The attribute of each probe, by its id. */
export function probeNames(modelClass: ModelClass, { faults }: CodeModel): ReadonlyMap<string, string> {
  const taken = new Set([...modelClass.members, ...modelClass.fields].map(({ name }) => pythonName(name)));
  const names = new Map<string, string>();
  for (const { id, name } of modelClass.probes) {
    if (faults.ofProbe(modelClass.id, id) !== undefined) continue;
    const own = freeName([`${pythonName(name)}_probe`], taken);
    taken.add(own);
    names.set(id, own);
  }
  return names;
}
