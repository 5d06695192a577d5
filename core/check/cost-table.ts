/** @file The Modules of a model as `nnx.tabulate` lists them, with what each costs before it is built. */
import { classIdOf } from '../document/find.ts';
import type { MemberId, Path } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import type { Shape } from '../spec/index.ts';
import { addCosts, costOf, costsOfMember, type Cost, type Sizes } from './cost.ts';
import { countAll, isVariableType } from './count.ts';
import type { Instance } from './instance.ts';
import { countParameters } from './parameters.ts';
import { MAX_MODULES, memberResults } from './tree.ts';

export interface CostRow extends Cost {
  readonly path: Path;
  /** A layer type, or the name of a class. */
  readonly type: string;
  /** What its first call gives; none where it is not called or nothing is known. Without a call it costs nothing but its parameters. */
  readonly outputs: readonly Shape[];
  /** Elements of all Params, those of Modules inside included. */
  readonly parameters: number;
}

/** A row for every Module, the root first, parents before what is in them; none of a model of more than `MAX_MODULES`. */
export function costTable(root: Instance, sizes: Sizes): readonly CostRow[] {
  const { modules } = countAll(root);
  if (modules > MAX_MODULES) return [];
  const rows: CostRow[] = [];
  /** `isUsed`: a pass goes through it. An item of a list may be there for no call. */
  const add = (instance: Instance, path: Path, cost: Cost, isUsed: boolean): void => {
    const outputs = isUsed ? Object.values(instance.outputs).flatMap((spec) => (spec ? [spec.shape] : [])) : [];
    rows.push({ path, type: instance.class.name, outputs, parameters: countAll(instance).parameters, ...cost });
    for (const [member, result] of memberResults(instance)) {
      if (isVariableType(result.type)) continue;
      const costs = isUsed ? costsOfMember(instance, member.id, sizes) : [];
      const count = result.repeat ?? 1;
      const isClass = classIdOf(result.type) !== undefined;
      for (let i = 0; i < count; i++) {
        const at = [...path, member.name, ...(result.repeat === null ? [] : [i])];
        const one = costs[i] ?? addCosts([]);
        const isCalled = one.multiplyAdds + one.activations + one.unknown > 0;
        if (!isClass)
          rows.push({
            path: at,
            type: result.type,
            outputs: isCalled ? outputsOf(instance, member.id) : [],
            parameters: countParameters(result).total,
            ...one,
          });
        else {
          const element = result.elements[i];
          if (element) add(element, at, one, isCalled);
        }
      }
    }
  };
  add(root, [], costOf(root, sizes), true);
  return rows;
}

function outputsOf(instance: Instance, member: MemberId): readonly Shape[] {
  const [call] = graphOf(instance.class).callsOf(member);
  return Object.values((call && instance.nodes.get(call.id)?.outputs) ?? {}).flatMap((spec) => (spec ? [spec.shape] : []));
}
