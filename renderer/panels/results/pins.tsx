/** @file Pinned values and gradients, and what changed in each against the last run on the same rows. */
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { useRunClient, useRuns } from '../../hooks/runs.ts';
import { useDifferences } from '../../hooks/use-differences.ts';
import { ratioText, shareText, sizeRatio } from '../../overlays/size-ratio.ts';
import { statisticsByKey } from '../../state/runs/by-key.ts';
import { lastOnSameInput } from '../../state/runs/kept-runs.ts';
import type { KeptResult, PinnedValue } from '../../state/runs/store.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';

export function Pins({ run }: { readonly run: KeptResult }) {
  const pins = useRuns((state) => state.pins);
  const runs = useRuns((state) => state.runs);
  const before = lastOnSameInput(runs, run);
  const keys = useMemo(() => pins.map(({ key }) => key), [pins]);
  const found = useDifferences(run, pins.length === 0 ? undefined : before, keys);
  const differences = found instanceof Map ? found : null;
  if (pins.length === 0) return null;
  return (
    <ul className="pins" aria-label="Pinned values">
      {pins.map((pin) => (
        <Pinned key={pin.key} pin={pin} run={run} before={before} change={differences?.get(pin.key)?.relative ?? null} />
      ))}
    </ul>
  );
}

interface PinnedProps {
  readonly pin: PinnedValue;
  readonly run: KeptResult;
  readonly before: KeptResult | undefined;
  readonly change: number | null;
}

function Pinned({ pin, run, before, change }: PinnedProps) {
  const client = useRunClient();
  const now = statisticsByKey(run.result).get(pin.key);
  const then = before && statisticsByKey(before.result).get(pin.key);
  const ratio = now && then ? sizeRatio(now, then) : null;
  return (
    <li className="pin">
      <b>{pin.title}</b>
      {now ? (
        <span>
          norm {formatNumber(now.norm)}, mean {formatNumber(now.mean)}
        </span>
      ) : (
        <span>not in this run</span>
      )}
      {now && !before && <i>first run on these rows</i>}
      {now && before && !then && <i>not in {before.name}</i>}
      {then && (
        <span className="pin-change" data-same={change === 0 || undefined}>
          {change === 0
            ? `same as ${before.name}`
            : `${change === null ? '' : `${shareText(change)} changed, `}size ${ratioText(ratio ?? 0)} since ${before.name}`}
        </span>
      )}
      <IconButton label={`Unpin ${pin.title}`} size="small" icon={<X size={12} />} onPress={() => client.togglePin(pin)} />
    </li>
  );
}
