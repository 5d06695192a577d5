/** @file Pinned and selected values, parameters and gradients over the steps of the training: percentile bands, with the scrubber of all curves. */
import type uPlot from 'uplot';
import { useMemo } from 'react';
import type { StepSpread } from '../../../core/run/index.ts';
import { Plot } from '../../charts/plot.tsx';
import { useRunClient, useRuns } from '../../hooks/runs.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';
import { goToStep } from '../../commands/go-to-step.ts';
import { nearestStep } from '../../state/runs/courses.ts';
import { followedOf } from '../../state/runs/followed.ts';
import { orTell } from '../../state/or-tell.ts';
import { isBusy, type OverSteps, type TrainingProgress } from '../../state/runs/store.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { bandColumns } from './bands.ts';
import { bandOptions } from './plot-options.ts';

const ROOT: readonly [] = [];

export function OverStepsSection({ training }: { readonly training: TrainingProgress }) {
  const client = useRunClient();
  const services = useServices();
  const found = useRuns((state) => state.overSteps);
  const isFree = useRuns((state) => !isBusy(state));
  const modules = useRuns((state) => state.modules);
  const result = useRuns((state) => state.result);
  const pins = useRuns((state) => state.pins);
  const selected = useSession((state) => state.selection);
  const instance = useSession((state) => state.open.at(-1)?.instance) ?? ROOT;
  const followed = useMemo(
    () => followedOf({ modules, result: result?.result ?? null, pins, selected, instance }),
    [modules, result, pins, selected, instance],
  );
  if (!training.canContinue || training.kept.steps.length < 2) return null;
  const isFresh = found !== null && followed.every(({ key }) => found.followed.some((each) => each.key === key));
  const shared = {
    mark: training.step,
    ...(isFree ? { onPick: (x: number) => goToStep(services, nearestStep(training.kept.steps, x)) } : {}),
  };
  return (
    <section className="over-steps" aria-label="Values over steps">
      <div className="over-steps-head">
        <h3>Over the steps</h3>
        <span className="hint">
          {found
            ? `Bands hold all, nine tenths and half of the elements at ${formatCount(found.spreads.length)} kept steps, on batch ${found.batch}.`
            : 'Pinned and selected values, parameters and gradients, at every step that is kept.'}
        </span>
        <Button
          size="small"
          isDisabled={!isFree || followed.length === 0}
          onPress={() => orTell(services.dialogs, 'The steps could not be looked over', client.lookOverSteps(followed))}
        >
          {found && !isFresh ? 'Show what is selected now' : found ? 'Look again' : 'Show over the steps'}
        </Button>
      </div>
      {found && (
        <div className="training-plots">
          {found.followed.map(({ key, title }, i) => (
            <BandPlot key={key} title={title} found={found} at={i} shared={shared} />
          ))}
        </div>
      )}
    </section>
  );
}

interface BandProps {
  readonly title: string;
  readonly found: OverSteps;
  readonly at: number;
  readonly shared: { readonly mark: number; readonly onPick?: (x: number) => void };
}

function BandPlot({ title, found: { spreads }, at, shared }: BandProps) {
  const data = useMemo(() => bandColumns(spreads, at), [spreads, at]) as uPlot.AlignedData;
  const now = nearestSpread(spreads, shared.mark)?.values[at];
  const isBroken = spreads.some(({ values }) => (values[at]?.notFinite ?? 0) > 0);
  const text = now?.quantiles
    ? `${formatNumber(now.quantiles[0])} … ${formatNumber(now.quantiles[3])} … ${formatNumber(now.quantiles[6])}`
    : '–';
  return (
    <figure>
      <figcaption>
        {title}
        <b>{text}</b>
        {isBroken && <span className="badge not-finite">not finite</span>}
      </figcaption>
      <Plot data={data} height="fill" label={`${title} by step: least, middle and greatest now ${text}`} make={bandOptions} {...shared} />
    </figure>
  );
}

function nearestSpread(spreads: readonly StepSpread[], step: number): StepSpread | undefined {
  const nearest = nearestStep(
    spreads.map((each) => each.step),
    step,
  );
  return spreads.find((each) => each.step === nearest);
}
