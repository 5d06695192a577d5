/** @file The curves of a training by step, those before it under it, and a cursor at the step that the weights are of. */
import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Plot } from '../../charts/plot.tsx';
import { goToStep } from '../../commands/go-to-step.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useServices } from '../../hooks/services.ts';
import { lastStepOf, nearestStep } from '../../state/runs/courses.ts';
import { isBusy, type TrainingProgress } from '../../state/runs/store.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Segments } from '../../ui/segments.tsx';
import type { MetricPoint } from '../../../core/run/index.ts';
import type { Course } from '../../state/runs/store.ts';
import { EXTRAS, type Extra, isVaried, toCurves, toExtraCurve } from './curves.ts';
import { accuracyOptions, extraOptions, lossOptions } from './plot-options.ts';

const EXTRA_NAMES = Object.keys(EXTRAS) as readonly Extra[];
const AXES = [
  { value: 'linear', label: 'Linear axis' },
  { value: 'logarithmic', label: 'Logarithmic axis' },
] as const;

export function TrainingPlots({ training }: { readonly training: TrainingProgress }) {
  const services = useServices();
  const [axis, setAxis] = useState<'linear' | 'logarithmic'>('linear');
  const earlier = useRuns((state) => state.courses);
  const isFree = useRuns((state) => !isBusy(state));
  const { course, kept, step } = training;
  const series = useMemo(() => toCurves(course.points, earlier), [course.points, earlier]);
  const lastLoss = course.points.at(-1);
  const lastTest = course.points.findLast((point) => point.testAccuracy !== undefined);
  const isBack = step < lastStepOf(training);
  const pick = isFree && training.canContinue && kept.steps.length > 1;
  const shared = {
    height: 'fill' as const,
    mark: isBack ? step : null,
    ...(pick ? { onPick: (x: number) => goToStep(services, nearestStep(kept.steps, x)) } : {}),
  };
  return (
    <div className="training-plots">
      <figure>
        <figcaption>
          <span>Loss by step</span>
          {(series.isTested || earlier.length > 0) && <span data-series="training">{earlier.length > 0 ? course.name : 'training'}</span>}
          {series.isTested && <span data-series="test">test</span>}
          {earlier.map(({ id, name, from }, i) => (
            <span
              key={id}
              className="earlier-course"
              data-series={`earlier-${i}`}
              title={from ? `From step ${from.step} of ${from.course}` : undefined}
            >
              {name}
              <IconButton label={`Forget ${name}`} size="small" icon={<X size={11} />} onPress={() => services.client.forgetCourse(id)} />
            </span>
          ))}
          {series.notFinite && (
            <span className="badge not-finite">
              {formatNumber(series.notFinite.loss)} at step {formatCount(series.notFinite.step)}
            </span>
          )}
          {series.isPositive && <Segments label="Axis of the loss" value={axis} options={AXES} onChange={setAxis} />}
        </figcaption>
        <Plot
          data={series.loss}
          label={`Loss by step, now ${formatNumber(lastLoss?.loss)}`}
          make={lossOptions(earlier.length, series.isPositive ? axis : 'linear')}
          {...shared}
        />
      </figure>
      {series.accuracy && (
        <figure>
          <figcaption>Test accuracy by step (%)</figcaption>
          <Plot
            data={series.accuracy}
            label={`Test accuracy by step, now ${formatNumber((lastTest?.testAccuracy ?? 0) * 100)} %`}
            make={accuracyOptions}
            {...shared}
          />
        </figure>
      )}
      {EXTRA_NAMES.map((name) => (
        <ExtraPlot key={name} name={name} points={course.points} earlier={earlier} axis={axis} shared={shared} />
      ))}
    </div>
  );
}

interface ExtraProps {
  readonly name: Extra;
  readonly points: readonly MetricPoint[];
  readonly earlier: readonly Course[];
  readonly axis: 'linear' | 'logarithmic';
  readonly shared: { readonly height: 'fill'; readonly mark: number | null; readonly onPick?: (x: number) => void };
}

/** A number that stays the same is no curve. */
function ExtraPlot({ name, points, earlier, axis, shared }: ExtraProps) {
  const data = useMemo(() => toExtraCurve(points, earlier, name), [points, earlier, name]);
  const isPositive = useMemo(() => data?.slice(1).every((values) => [...values].every((value) => value == null || value > 0)), [data]);
  if (!data || !isVaried(points, name)) return null;
  const last = points.findLast((point) => point[name] !== undefined)?.[name];
  return (
    <figure>
      <figcaption>
        {EXTRAS[name]} by step<b>{formatNumber(last)}</b>
      </figcaption>
      <Plot
        data={data}
        label={`${EXTRAS[name]} by step, now ${formatNumber(last)}`}
        make={extraOptions(earlier.length, isPositive ? axis : 'linear')}
        {...shared}
      />
    </figure>
  );
}
