import { formatPlural } from '../../ui/format.ts';

/** `3 nodes`, `1 note`, `3 nodes and 1 note`: frames count as notes. */
export function formatItems(nodes: number, annotations: number): string {
  const parts = [nodes > 0 ? formatPlural(nodes, 'node') : '', annotations > 0 ? formatPlural(annotations, 'note') : ''];
  return parts.filter((part) => part !== '').join(' and ');
}
