/** @file Chooses the overlay that colours the canvas, and shows its scale. */
import { useState } from 'react';
import { useWhyStale } from '../../hooks/derived.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import type { Overlay } from '../../overlays/overlay.ts';
import { OVERLAYS } from '../../overlays/overlays.ts';
import type { Scale } from '../../overlays/scale.ts';
import { cssColor, NOT_FINITE, sampleScale, signedColor, VIRIDIS } from '../../ui/color-scales.ts';
import { formatNumber, formatPlural } from '../../ui/format.ts';
import { useHeatScale } from './heat.ts';

const stopsOf = (colorAt: (at: number) => string): string => [0, 0.25, 0.5, 0.75, 1].map(colorAt).join(', ');
const STOPS = stopsOf((at) => cssColor(sampleScale(VIRIDIS, at)));
const SIGNED_STOPS = stopsOf(signedColor);

export function HeatLegend() {
  const session = useSessionStore();
  const overlay = useSession((state) => state.overlay);
  const hasResult = useRuns((state) => state.result !== null);
  const isCompared = useRuns((state) => state.compareWith !== null);
  const stale = useWhyStale();
  const shown = useHeatScale();
  return (
    <div className="heat-legend">
      <label>
        Colour by{' '}
        <select value={overlay} onChange={(event) => session.set({ overlay: event.target.value, overlayFrom: null })}>
          <option value="none">nothing</option>
          <optgroup label="Before a run">
            <Options of="cost" />
          </optgroup>
          <optgroup label={hasResult ? 'Of the run' : 'Of a run, which there is none of yet'}>
            <Options of="run" isDisabled={!hasResult} />
          </optgroup>
          <optgroup label={isCompared ? 'Against the other run' : 'Against another run, chosen under Compare'}>
            <Options of="comparison" isDisabled={!isCompared} />
          </optgroup>
        </select>
      </label>
      {shown && <ScaleView scale={shown.scale} format={shown.overlay.format ?? formatNumber} />}
      {shown && <Threshold key={overlay} />}
      {shown?.overlay.of === 'run' && stale && (
        <span className="badge warning" title={`Stale: ${stale}`}>
          stale
        </span>
      )}
    </div>
  );
}

/** From how much on a place has a colour. */
function Threshold() {
  const session = useSessionStore();
  const from = useSession((state) => state.overlayFrom);
  const [text, setText] = useState(from === null ? '' : String(from));
  const isWrong = text.trim() !== '' && !Number.isFinite(Number(text));
  return (
    <label className="heat-threshold">
      from{' '}
      <input
        type="text"
        inputMode="decimal"
        size={5}
        value={text}
        placeholder="all"
        aria-label="Colour only from this number on"
        aria-invalid={isWrong || undefined}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          const number = Number(next);
          session.set({ overlayFrom: next.trim() === '' || !Number.isFinite(number) ? null : number });
        }}
      />
    </label>
  );
}

function Options({ of, isDisabled = false }: { readonly of: Overlay['of']; readonly isDisabled?: boolean }) {
  return OVERLAYS.filter((overlay) => overlay.of === of).map(({ id, label }) => (
    <option key={id} value={id} disabled={isDisabled}>
      {label}
    </option>
  ));
}

interface ScaleViewProps {
  readonly scale: Scale;
  readonly format: (value: number) => string;
}

function ScaleView({ scale: { low, high, isLog, isSigned, nans, infinities }, format }: ScaleViewProps) {
  return (
    <span className="heat-scale">
      {low !== null && high !== null && (
        <>
          {format(low)}
          <span
            className="heat-bar"
            style={{ background: `linear-gradient(to right, ${isSigned ? SIGNED_STOPS : STOPS})` }}
            role="img"
            aria-label={`Scale from ${format(low)} to ${format(high)}${isLog ? ', logarithmic' : ''}`}
          />
          {format(high)}
          {isLog && <i>log</i>}
        </>
      )}
      {nans > 0 && <Swatch color={NOT_FINITE.nan} text={`NaN in ${formatPlural(nans, 'place')}`} />}
      {infinities > 0 && <Swatch color={NOT_FINITE.infinite} text={`infinite in ${formatPlural(infinities, 'place')}`} />}
    </span>
  );
}

function Swatch({ color, text }: { readonly color: string; readonly text: string }) {
  return (
    <span className="heat-swatch">
      <i style={{ background: color }} />
      {text}
    </span>
  );
}
