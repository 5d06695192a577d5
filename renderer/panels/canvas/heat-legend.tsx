/** @file Chooses the metric that colours the canvas, and shows its scale. */
import { useRuns } from '../../hooks/runs.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import type { OverlayMetric } from '../../state/session/store.ts';
import { cssColor, sampleScale, VIRIDIS } from '../../ui/color-scales.ts';
import { formatNumber } from '../../ui/format.ts';
import { useHeatScale } from './heat.ts';
import { OVERLAYS } from './magnitude.ts';

const STOPS = [0, 0.25, 0.5, 0.75, 1].map((at) => cssColor(sampleScale(VIRIDIS, at))).join(', ');

export function HeatLegend() {
  const session = useSessionStore();
  const overlay = useSession((state) => state.overlay);
  const hasResult = useRuns((state) => state.result !== null);
  const shown = useHeatScale();
  if (!hasResult) return null;
  return (
    <div className="heat-legend">
      <label>
        Colour by{' '}
        <select value={overlay} onChange={(event) => session.set({ overlay: event.target.value as OverlayMetric })}>
          <option value="none">nothing</option>
          {Object.entries(OVERLAYS).map(([metric, { label }]) => (
            <option key={metric} value={metric}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {shown && (
        <span className="heat-scale">
          {formatNumber(shown.scale.low)}
          <span
            className="heat-bar"
            style={{ background: `linear-gradient(to right, ${STOPS})` }}
            role="img"
            aria-label={`Scale from ${formatNumber(shown.scale.low)} to ${formatNumber(shown.scale.high)}${shown.scale.isLog ? ', logarithmic' : ''}`}
          />
          {formatNumber(shown.scale.high)}
          {shown.scale.isLog && <i>log</i>}
        </span>
      )}
    </div>
  );
}
