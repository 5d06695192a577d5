/** @file The weights of attention: for each head a map of what each query (down) takes of each key (across). */
import { MapGrid, type MapGridProps } from './map-grid.tsx';

export function AttentionMaps(props: Omit<MapGridProps, 'one' | 'text'>) {
  return <MapGrid {...props} one="head" text="attention weights, query ↓ × key → for each head" />;
}
