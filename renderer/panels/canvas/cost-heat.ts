/** @file The costs of what the canvas shows, while it is coloured by them; they are not counted else. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { costOfNode, costTable, parametersOfNode, type Instance, type Sizes } from '../../../core/check/index.ts';
import type { NodeId, Path } from '../../../core/document/index.ts';
import { useSizes } from '../../hooks/costs.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';
import type { CostOverlay, Costs } from '../../overlays/overlay.ts';
import { findOverlay } from '../../overlays/overlays.ts';
import { scaleOfNumbers, type Scale } from '../../overlays/scale.ts';
import { baseOpen } from '../../state/session/expansion.ts';
import type { Site } from './expansion/site.ts';
import { pathKey } from '../../state/paths.ts';

const NODES = new WeakMap<Instance, WeakMap<Sizes, ReadonlyMap<NodeId, Costs>>>();
const MODULES = new WeakMap<Instance, WeakMap<Sizes, ReadonlyMap<string, Costs>>>();
const SCALES = new WeakMap<ReadonlyMap<string, Costs>, Map<CostOverlay, Scale | null>>();

/** Made once for all who ask. */
function remembered<V>(
  known: WeakMap<Instance, WeakMap<Sizes, V>>,
  instance: Instance,
  sizes: Sizes,
  make: (instance: Instance, sizes: Sizes) => V,
): V {
  let bySizes = known.get(instance);
  if (!bySizes) known.set(instance, (bySizes = new WeakMap()));
  let made = bySizes.get(sizes);
  if (made === undefined) bySizes.set(sizes, (made = make(instance, sizes)));
  return made;
}

function nodeCosts(instance: Instance, sizes: Sizes): ReadonlyMap<NodeId, Costs> {
  return new Map(
    [...instance.nodes.keys()].map((id) => [id, { ...costOfNode(instance, id, sizes), parameters: parametersOfNode(instance, id) }]),
  );
}

function moduleCosts(root: Instance, sizes: Sizes): ReadonlyMap<string, Costs> {
  return new Map(costTable(root, sizes).map((row) => [pathKey(row.path), row]));
}

function useCostOverlay(): CostOverlay | null {
  const overlay = findOverlay(useSession((state) => state.overlay));
  return overlay?.of === 'cost' ? overlay : null;
}

/** What is known of the class that is open, or of the root. Asked for by every node: while no costs are shown, no edit wakes them. */
function useInstance(of: 'base' | 'root' | Site, isWanted: boolean): Instance | undefined {
  const base = useSession((state) => (of === 'base' ? baseOpen(state).at(-1) : undefined));
  const at = typeof of === 'string' ? base : of.open.at(-1);
  return useStore(useServices().check, ({ check }) => (isWanted ? (at ? check.instanceAt(at.class, at.instance) : check.root) : undefined));
}

/** The costs of the nodes of the open graph; null where the canvas is not coloured by costs. */
export function useNodeCosts(of: 'base' | Site = 'base'): ReadonlyMap<NodeId, Costs> | null {
  const sizes = useSizes();
  const instance = useInstance(of, useCostOverlay() !== null);
  return instance ? remembered(NODES, instance, sizes, nodeCosts) : null;
}

function useModuleCosts(): ReadonlyMap<string, Costs> | null {
  const sizes = useSizes();
  const root = useInstance('root', useCostOverlay() !== null);
  return root ? remembered(MODULES, root, sizes, moduleCosts) : null;
}

/** Those of a node, or of the Module at a path. */
export function useCosts(of: NodeId | Path | undefined, site?: Site): Costs | undefined {
  const nodes = useNodeCosts(site);
  const modules = useModuleCosts();
  if (of === undefined) return undefined;
  return typeof of === 'string' ? nodes?.get(of) : modules?.get(pathKey(of));
}

/** The scale of costs over the graph or, in the structure lens, over all Modules but the root, in which all are summed. */
export function useCostScale(): { readonly overlay: CostOverlay; readonly scale: Scale } | null {
  const overlay = useCostOverlay();
  const isFlow = useSession((state) => state.lens === 'flow');
  const nodes = useNodeCosts();
  const modules = useModuleCosts();
  return useMemo(() => {
    const costs = isFlow ? nodes : modules;
    if (!overlay || !costs) return null;
    let scales = SCALES.get(costs);
    if (!scales) SCALES.set(costs, (scales = new Map()));
    if (!scales.has(overlay)) scales.set(overlay, scaleOfNumbers([...costs.values()].map(overlay.read), overlay.isLog));
    const scale = scales.get(overlay);
    return scale ? { overlay, scale } : null;
  }, [overlay, isFlow, nodes, modules]);
}
