/** @file Which values are followed over the steps of a training: pinned ones, and those of what is selected. Pure. */
import type { NodeId, Path } from '../../../core/document/index.ts';
import { placeKey, type ModuleInfo, type RunResult, type ValueKey } from '../../../core/run/index.ts';
import { formatPath } from '../paths.ts';
import { modulesByPath, seenOfModule, wiresOfNode } from './lookup.ts';

export interface Followed {
  readonly key: ValueKey;
  /** `gradient of linear1.kernel`. */
  readonly title: string;
}

/** So many are drawn. */
export const MOST_FOLLOWED = 8;

interface Given {
  readonly modules: readonly ModuleInfo[];
  readonly result: RunResult | null;
  readonly pins: readonly Followed[];
  readonly selected: { readonly modules: readonly string[]; readonly nodes: readonly NodeId[] };
  readonly instance: Path;
}

/** With nothing pinned or selected: the gradients of the parameters, from the first on. */
export function followedOf({ modules, result, pins, selected, instance }: Given): readonly Followed[] {
  const index = modulesByPath(modules);
  const wires = selected.nodes.flatMap((node) => wiresOfNode(result ?? undefined, instance, node).filter(({ call }) => call === 0));
  const chosen = [
    ...selected.modules.flatMap((key) => index.get(key) ?? []),
    ...wires.flatMap(({ module }) => (module ? (index.get(JSON.stringify(module)) ?? []) : [])),
  ];
  const seen = [...wires, ...(result ? chosen.flatMap((module) => seenOfModule(result, module).slice(0, 1)) : [])];
  const found = [
    ...pins,
    ...[...new Set(chosen)].flatMap(parametersOf),
    ...seen.flatMap(({ valueKey, gradientKey, module }) => {
      const name = module ? formatPath(module) : 'the node';
      return [
        { key: valueKey, title: `value of ${name}` },
        ...(gradientKey === null ? [] : [{ key: gradientKey, title: `gradient at ${name}` }]),
      ];
    }),
  ];
  const all = found.length > 0 ? found : modules.flatMap(parametersOf).filter(({ key }) => key.endsWith(' gradient'));
  return [...new Map(all.map((each) => [each.key, each])).values()].slice(0, MOST_FOLLOWED);
}

function parametersOf({ variables }: ModuleInfo): readonly Followed[] {
  return variables
    .filter(({ type }) => !type.startsWith('Rng'))
    .flatMap(({ path, type }) => {
      const [key, name] = [placeKey({ kind: 'variable', path }), formatPath(path)];
      const isParam = type.endsWith('Param');
      return [{ key, title: name }, ...(isParam ? [{ key: `${key} gradient`, title: `gradient of ${name}` }] : [])];
    });
}
