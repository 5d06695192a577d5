/** @file One run of the list, and what can be done with it. */
import { ArrowLeftRight, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { formatBytes } from '../../../core/check/index.ts';
import { weightsText } from '../../../core/run/index.ts';
import { useDocument } from '../../hooks/document.ts';
import { useRunClient, useRuns } from '../../hooks/runs.ts';
import { titleOfPlace } from '../../state/runs/title-of-place.ts';
import type { KeptResult } from '../../state/runs/store.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { interventionTexts, rowsText } from './run-texts.ts';

interface RunRowProps {
  readonly run: KeptResult;
  readonly index: number;
  readonly isShown: boolean;
  readonly stale: string | null;
}

export function RunRow({ run, index, isShown, stale }: RunRowProps) {
  const client = useRunClient();
  const isCompared = useRuns((state) => state.compareWith === run.record.id);
  const [isNaming, setNaming] = useState(false);
  const { name, record, isPinned, hasTensors } = run;
  const { id, loss, weights, seed, view, elapsedMs, bytes, startedAtMs, upTo } = record;
  return (
    <div role="row" aria-rowindex={index + 2} aria-current={isShown || undefined} className="number-row run-row">
      <span role="rowheader">
        {isNaming ? (
          <span onBlur={() => setNaming(false)}>
            <TextInput label="Name of the run" value={name} onCommit={(text) => nameIt(client.rename, id, text)} />
          </span>
        ) : (
          <button
            type="button"
            className="link"
            title={`Look at ${name}, of ${new Date(startedAtMs).toLocaleTimeString('en-GB')}`}
            onClick={() => client.show(id)}
          >
            {name}
          </button>
        )}
        {isShown && <b className="badge">shown</b>}
        {isCompared && <b className="badge">compared</b>}
        {stale && (
          <span className="badge warning" title={`Stale: ${stale}`}>
            {stale.startsWith('the model') ? 'other model' : 'other weights'}
          </span>
        )}
      </span>
      <span role="cell" data-not-finite={upTo || Number.isFinite(loss) ? undefined : Number.isNaN(loss) ? 'nan' : 'infinite'}>
        {upTo ? '–' : formatNumber(loss)}
      </span>
      <span role="cell">{weightsText(weights)}</span>
      <BatchCell run={run} />
      <span role="cell">{seed}</span>
      <span role="cell">{view ?? '–'}</span>
      <ChangedCell run={run} />
      <span role="cell">{formatNumber(elapsedMs)} ms</span>
      <span role="cell" title={hasTensors ? undefined : 'Its values made room for others: its statistics are left.'}>
        {hasTensors ? formatBytes(bytes) : 'statistics'}
      </span>
      <span role="cell" className="run-actions">
        <IconButton
          label={isPinned ? `Unpin ${name}` : `Pin ${name}`}
          size="small"
          isPressed={isPinned}
          icon={isPinned ? <PinOff size={13} /> : <Pin size={13} />}
          onPress={() => client.pin(id, !isPinned)}
        />
        <IconButton
          label={isCompared ? `Compare with ${name} no longer` : `Compare with ${name}`}
          size="small"
          isPressed={isCompared}
          isDisabled={isShown}
          icon={<ArrowLeftRight size={13} />}
          onPress={() => client.compareWith(isCompared ? null : id)}
        />
        <IconButton label={`Rename ${name}`} size="small" icon={<Pencil size={13} />} onPress={() => setNaming(true)} />
        <IconButton label={`Forget ${name}`} size="small" icon={<Trash2 size={13} />} onPress={() => client.forget(id)} />
      </span>
    </div>
  );
}

function BatchCell({ run: { record } }: { readonly run: KeptResult }) {
  const whole = useDocument((document) => document.run.batchSize);
  const document = useDocument((present) => present);
  const text = `${rowsText(record, whole)}${record.upTo ? `, up to ${titleOfPlace(document, record.upTo)}` : ''}`;
  return (
    <span role="cell" title={text}>
      {text}
    </span>
  );
}

function ChangedCell({ run: { record } }: { readonly run: KeptResult }) {
  const runs = useRuns((state) => state.runs);
  const document = useDocument((present) => present);
  const texts = interventionTexts(record, runs, (place) => titleOfPlace(document, place));
  return (
    <span role="cell" title={texts.join('\n')}>
      {texts.length === 0 ? '–' : texts.join(', ')}
    </span>
  );
}

function nameIt(rename: (id: number, name: string) => void, id: number, text: string): boolean | string {
  const name = text.trim();
  if (name === '') return 'A run has a name.';
  rename(id, name.slice(0, 60));
  return true;
}
