/** @file What the next run does to the value that leaves a port: nothing, or a change that the record of the run names. */
import type { NodeId, Path, PortRef } from '../../../core/document/index.ts';
import type { Change, Intervention } from '../../../core/run/index.ts';
import { useRunClient, useRuns } from '../../hooks/runs.ts';
import { pathKey } from '../../state/paths.ts';
import type { KeptResult } from '../../state/runs/store.ts';
import { SelectInput } from '../../ui/select-input.tsx';
import { FormRow } from './form-row.tsx';
import { NumberRow } from './number-row.tsx';

const KINDS = [
  { value: '', label: 'leave it as it is' },
  { value: 'zero', label: 'set to zero' },
  { value: 'scale', label: 'scale' },
  { value: 'clamp', label: 'clamp' },
  { value: 'noise', label: 'add noise' },
  { value: 'replace', label: 'replace by that of a run' },
];

/** What a change begins with; of a run to take the value from, the one that is looked at. */
function startOf(kind: string, run: KeptResult | null): Change | null {
  if (kind === 'zero') return { kind };
  if (kind === 'scale') return { kind, by: 2 };
  if (kind === 'clamp') return { kind, min: -1, max: 1 };
  if (kind === 'noise') return { kind, std: 0.1, seed: 0 };
  if (kind === 'replace' && run) return { kind, run: run.record.id };
  return null;
}

interface ChangeFormProps {
  readonly instance: Path;
  readonly at: PortRef;
}

export function ChangeForm({ instance, at: { node, port } }: ChangeFormProps) {
  const client = useRunClient();
  const interventions = useRuns((state) => state.choice.interventions);
  const shown = useRuns((state) => state.result);
  const isHere = (each: Intervention): boolean => each.node === node && each.port === port && pathKey(each.instance) === pathKey(instance);
  const present = interventions.find(isHere);
  const change = (to: Change | null): void => {
    const others = interventions.filter((each) => !isHere(each));
    client.choose({ interventions: to ? [...others, placed(instance, node, port, to)] : others });
  };
  return (
    <>
      <FormRow label="next run" doc="For runs until it is taken away; training does not see it. Gradients go back through the change.">
        <SelectInput
          label="Change for the next run"
          value={present?.kind ?? ''}
          options={KINDS.filter(({ value }) => value !== 'replace' || shown !== null)}
          onChange={(kind) => change(startOf(kind, shown))}
        />
      </FormRow>
      {present && <Settings present={present} onChange={change} />}
    </>
  );
}

function placed(instance: Path, node: NodeId, port: string, change: Change): Intervention {
  return { ...change, instance, node, port };
}

function Settings({ present, onChange }: { readonly present: Intervention; readonly onChange: (change: Change) => void }) {
  const runs = useRuns((state) => state.runs);
  switch (present.kind) {
    case 'zero':
      return null;
    case 'scale':
      return <NumberRow label="by" value={present.by} onCommit={(by) => onChange({ kind: 'scale', by })} />;
    case 'clamp': {
      const { min, max } = present;
      return (
        <>
          <NumberRow label="from" value={min} onCommit={(to) => onChange({ kind: 'clamp', min: to, max: Math.max(to, max) })} />
          <NumberRow label="to" value={max} onCommit={(to) => onChange({ kind: 'clamp', min: Math.min(min, to), max: to })} />
        </>
      );
    }
    case 'noise': {
      const { std, seed } = present;
      return (
        <>
          <NumberRow label="std" value={std} min={0} onCommit={(to) => onChange({ kind: 'noise', std: to, seed })} />
          <NumberRow label="noise seed" value={seed} min={0} isWhole onCommit={(to) => onChange({ kind: 'noise', std, seed: to })} />
        </>
      );
    }
    case 'replace':
      return (
        <FormRow label="by that of">
          <SelectInput
            label="Run to take the value from"
            value={String(present.run)}
            options={runs.filter(({ hasTensors }) => hasTensors).map(({ name, record }) => ({ value: String(record.id), label: name }))}
            onChange={(id) => onChange({ kind: 'replace', run: Number(id) })}
          />
        </FormRow>
      );
  }
}
