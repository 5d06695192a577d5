/** @file A kernel of a convolution: for each channel that it gives the weights of one channel that comes in. */
import { MapGrid, type MapGridProps } from './map-grid.tsx';

export function KernelMaps(props: Omit<MapGridProps, 'one' | 'text'>) {
  return <MapGrid {...props} one="filter" text="kernel, height × width for each channel out" />;
}
