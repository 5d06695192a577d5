/** @file A tensor as a picture: as maps beside each other where it has channels or heads, else as one heat map. */
import { useMemo } from 'react';
import type { Statistics, ValueKey } from '../../core/run/index.ts';
import { AttentionMaps } from './attention-maps.tsx';
import { FeatureMaps } from './feature-maps.tsx';
import { HeatMap } from './heat-map.tsx';
import { KernelMaps } from './kernel-maps.tsx';
import type { TensorKind } from './planes.ts';
import { tileAxesOf } from './tiles.ts';

const MAPS = { picture: FeatureMaps, attention: AttentionMaps, kernel: KernelMaps } as const;

interface TensorPictureProps {
  readonly valueKey: ValueKey;
  readonly summary: Statistics;
  readonly kind: TensorKind;
  readonly label: string;
}

export function TensorPicture(props: TensorPictureProps) {
  const { kind, summary } = props;
  const axes = useMemo(() => tileAxesOf(kind, summary.shape), [kind, summary.shape]);
  if (kind === 'other' || !axes) return <HeatMap {...props} />;
  const Maps = MAPS[kind];
  return <Maps {...props} axes={axes} />;
}
