/** @file The feature maps of a picture: one for each channel. */
import { MapGrid, type MapGridProps } from './map-grid.tsx';

export function FeatureMaps(props: Omit<MapGridProps, 'one' | 'text'>) {
  return <MapGrid {...props} one="channel" text="feature maps, height × width for each channel" />;
}
