/** @file What is selected, as rows of the tree, in either lens; and what a click on a row selects. */
import { useMemo } from 'react';
import { showModule } from '../../commands/show-module.ts';
import { useDocument } from '../../hooks/document.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';
import { pathsOfNodes } from '../../state/derived/twins.ts';
import { pathKey } from '../../state/paths.ts';
import { modulesByPath } from '../../state/runs/lookup.ts';
import type { TreeNode } from './tree.ts';

/** The keys of the selected rows. A shared Module has one row, wherever it was selected. */
export function useTreeSelection(): readonly string[] {
  const { nodes, modules: chosen } = useSession((state) => state.selection);
  const open = useSession((state) => state.open);
  const document = useDocument((each) => each);
  const modules = useRuns((state) => state.modules);
  return useMemo(() => {
    const byPath = modulesByPath(modules);
    const paths = nodes.length === 0 ? [] : pathsOfNodes(document, open, nodes);
    return [...chosen, ...paths.map((path) => pathKey(byPath.get(pathKey(path))?.path ?? path))];
  }, [nodes, chosen, open, document, modules]);
}

/** Selects what a row stands for, in the lens that is shown. */
export function useChooseRow(): (node: TreeNode) => void {
  const services = useServices();
  return ({ path, module }) => showModule(services, path, module !== null);
}
