/** @file Conditions that pause the training: those that there are, and a form for another. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { WATCHED_PARTS, WATCHES, type WatchedPart } from '../../../core/run/index.ts';
import { useRunClient, useRuns } from '../../hooks/runs.ts';
import { useSession } from '../../hooks/session.ts';
import { addWatch, describeWatch, watchOf } from '../../state/runs/watches.ts';
import { parsePathKey } from '../../state/paths.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SelectInput } from '../../ui/select-input.tsx';
import { TextInput } from '../../ui/text-input.tsx';

const PARTS = Object.entries(WATCHED_PARTS).map(([value, label]) => ({ value, label }));

export function Watches() {
  const client = useRunClient();
  const watches = useRuns((state) => state.watches);
  const hit = useRuns((state) => state.training?.hit ?? null);
  return (
    <section className="watches" aria-label="Conditions that pause the training">
      <h3>Pause when</h3>
      {watches.map((watch) => (
        <span key={watch.spec.id} className="watch" data-hit={hit?.id === watch.spec.id || undefined}>
          {describeWatch(watch)}
          <IconButton
            label={`Pause no longer when ${describeWatch(watch)}`}
            size="small"
            icon={<X size={11} />}
            onPress={() => client.watch(watches.filter((each) => each !== watch))}
          />
        </span>
      ))}
      <WatchForm />
    </section>
  );
}

function WatchForm() {
  const client = useRunClient();
  const watches = useRuns((state) => state.watches);
  const modules = useRuns((state) => state.modules);
  const selected = useSession((state) => state.selection.modules[0]);
  const [isOpen, setOpen] = useState(false);
  const [part, setPart] = useState<WatchedPart>('gradient');
  const [type, setType] = useState('norm-above');
  const [limit, setLimit] = useState<number | null>(null);
  const [where, setWhere] = useState<string | null>(null);
  const fitting = WATCHES.filter(({ parts }) => parts.includes(part));
  const chosen = fitting.find((each) => each.type === type) ?? fitting[0]!;
  const limitNow = limit ?? chosen.start ?? 0;
  const filter = where ?? (selected === undefined ? '' : `path:${parsePathKey(selected).join('.')}`);
  if (!isOpen)
    return (
      <Button size="small" tone="quiet" onPress={() => setOpen(true)}>
        Add a condition …
      </Button>
    );
  const judged = watchOf({ part, type: chosen.type, limit: limitNow, filter }, modules);
  const add = (): void => {
    if (!judged.ok) return;
    client.watch(addWatch(watches, judged.watch));
    setOpen(false);
    setWhere(null);
  };
  return (
    <form className="watch-form" aria-label="Another condition" onSubmit={(event) => event.preventDefault()}>
      <SelectInput label="What is watched" value={part} options={PARTS} onChange={(next) => setPart(next as WatchedPart)} />
      {part !== 'loss' && (
        <>
          <span>of</span>
          <TextInput
            label="Modules by filter"
            value={filter}
            placeholder="every module"
            isMono
            onCommit={(text) => setWhere(text.trim())}
          />
        </>
      )}
      <SelectInput
        label="Condition"
        value={chosen.type}
        options={fitting.map(({ type: value, title }) => ({ value, label: title }))}
        onChange={(next) => {
          setType(next);
          setLimit(null);
        }}
      />
      {chosen.start !== null && (
        <TextInput
          label="Limit"
          value={String(limitNow)}
          onCommit={(text) => {
            const value = Number(text);
            if (text.trim() === '' || !Number.isFinite(value)) return 'A number is needed.';
            setLimit(value);
            return true;
          }}
        />
      )}
      <Button size="small" onPress={add} isDisabled={!judged.ok} tooltip={chosen.doc}>
        Add
      </Button>
      <Button size="small" tone="quiet" onPress={() => setOpen(false)}>
        Cancel
      </Button>
      {!judged.ok && <p className="param-fault">{judged.message}</p>}
    </form>
  );
}
