/** @file Which two runs are compared, and in what they differ before any number is looked at. */
import { ArrowLeftRight } from 'lucide-react';
import { weightsText } from '../../../core/run/index.ts';
import { useRunClient, useRuns } from '../../hooks/runs.ts';
import type { KeptResult } from '../../state/runs/store.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { SelectInput } from '../../ui/select-input.tsx';

interface CompareFactsProps {
  readonly now: KeptResult;
  readonly before: KeptResult | undefined;
}

/** What was not the same in both. */
export function othersOf(now: KeptResult, before: KeptResult): readonly string[] {
  const [a, b] = [now.record, before.record];
  return [
    ...(a.documentHash === b.documentHash ? [] : ['another model']),
    ...(a.input === b.input ? [] : ['other rows']),
    ...(weightsText(a.weights) === weightsText(b.weights) && now.weightsVersion === before.weightsVersion ? [] : ['other weights']),
    ...(a.view === b.view ? [] : ['another view']),
    ...(JSON.stringify(a.interventions) === JSON.stringify(b.interventions) ? [] : ['values changed by hand']),
  ];
}

export function CompareFacts({ now, before }: CompareFactsProps) {
  const client = useRunClient();
  const runs = useRuns((state) => state.runs);
  const options = runs.map(({ name, record }) => ({ value: String(record.id), label: name }));
  const others = before ? othersOf(now, before) : [];
  return (
    <div className="compare-facts">
      <SelectInput
        label="Run that is looked at"
        value={String(now.record.id)}
        options={options}
        onChange={(id) => client.show(Number(id))}
      />
      <IconButton
        label="Turn the two runs round"
        size="small"
        icon={<ArrowLeftRight size={13} />}
        isDisabled={!before}
        onPress={() => before && client.show(before.record.id)}
      />
      <SelectInput
        label="Run to compare with"
        value={before ? String(before.record.id) : ''}
        options={[{ value: '', label: 'compare with …' }, ...options.filter(({ value }) => value !== String(now.record.id))]}
        onChange={(id) => client.compareWith(id === '' ? null : Number(id))}
      />
      {before && (
        <>
          <span>
            loss <b>{formatNumber(now.record.loss)}</b>, was <b>{formatNumber(before.record.loss)}</b>
          </span>
          {others.map((text) => (
            <span key={text} className="badge warning">
              {text}
            </span>
          ))}
          {others.length === 0 && <span className="badge">same model, rows and weights</span>}
        </>
      )}
    </div>
  );
}
