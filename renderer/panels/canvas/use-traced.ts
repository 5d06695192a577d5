/** @file What steps back on the canvas while something is highlighted. */
import { useMemo } from 'react';
import type { NodeId, PortRef } from '../../../core/document/index.ts';
import { useDocument } from '../../hooks/document.ts';
import { useSession } from '../../hooks/session.ts';
import { isDim, tracedHere, tracedNodes } from '../../state/derived/traced.ts';
import type { Site } from './expansion/site.ts';

/** Of the graph of the class that the canvas shows; null where nothing is highlighted. */
export type Dims = ((inside: string, node: NodeId) => boolean) | null;

export function useDims(): Dims {
  const traced = useSession(tracedHere);
  const modelClass = useDocument((document) => (traced ? document.classes[traced.class] : undefined));
  return useMemo(() => {
    if (!traced || !modelClass) return null;
    const nodes = tracedNodes(modelClass, traced);
    return (inside, node) => isDim(nodes, traced, inside, node);
  }, [traced, modelClass]);
}

/** For the element of a node or, with both its ends, of a wire. */
export function useDim(site: Site | undefined, ...nodes: readonly (NodeId | PortRef)[]): true | undefined {
  const dims = useDims();
  if (!dims || !site) return undefined;
  return nodes.some((each) => dims(site.key, typeof each === 'string' ? each : each.node)) || undefined;
}
