/** @file What the next runs are on: which batch, which rows of it, through which view, with which changes. */
import { ChevronDown, X } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { changeText } from '../../core/run/index.ts';
import { useDocument } from '../hooks/document.ts';
import { useRunClient, useRuns } from '../hooks/runs.ts';
import type { RunChoice as Choice } from '../state/runs/store.ts';
import { nameOfRun } from '../state/runs/kept-runs.ts';
import { titleOfPlace } from '../state/runs/title-of-place.ts';
import { Button, IconButton, WithTooltip } from '../ui/button.tsx';
import { formatPlural } from '../ui/format.ts';
import { SelectInput } from '../ui/select-input.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { parseRows, rowsInput } from './rows-input.ts';
import './run-choice.css';

/** `batch 0`, `batch 3, row 5, view eval, 2 changes`. */
function choiceText({ batch, rows, view, interventions }: Choice): string {
  return [
    `batch ${batch}`,
    ...(rows ? [rows.count === 1 ? `row ${rows.from}` : `rows ${rowsInput(rows)}`] : []),
    ...(view === null ? [] : [`view ${view}`]),
    ...(interventions.length === 0 ? [] : [formatPlural(interventions.length, 'change')]),
  ].join(', ');
}

export function RunChoice() {
  const choice = useRuns((state) => state.choice);
  const text = choiceText(choice);
  const isUsual = text === 'batch 0';
  return (
    <DialogTrigger>
      <WithTooltip
        text="Which batch and rows, view and changes the next run is with"
        trigger={
          <AriaButton className="button quiet run-choice" aria-label={`Run on: ${text}`} data-unusual={!isUsual || undefined}>
            <span>{text}</span> <ChevronDown size={12} aria-hidden />
          </AriaButton>
        }
      />
      <Popover className="menu-popover" placement="bottom end" offset={4}>
        <Dialog className="run-choice-form" aria-label="What the next run is on">
          <Fields choice={choice} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Fields({ choice }: { readonly choice: Choice }) {
  const client = useRunClient();
  const views = useDocument((document) => document.views);
  const { batch, rows, view } = choice;
  const commitBatch = (text: string): boolean | string => {
    const index = Number(text);
    if (text.trim() === '' || !Number.isInteger(index) || index < 0) return 'A whole number from 0.';
    client.choose({ batch: index });
    return true;
  };
  const commitRows = (text: string): boolean | string => {
    const parsed = parseRows(text);
    if (parsed === undefined) return 'all, a row such as 5, or rows such as 3-6.';
    client.choose({ rows: parsed });
    return true;
  };
  const names = views.map(({ name }) => name);
  const known = view !== null && !names.includes(view) ? [...names, view] : names;
  return (
    <>
      <label>
        <span>batch</span>
        <TextInput label="Batch to run" value={String(batch)} onCommit={commitBatch} onStep={stepBatch} />
      </label>
      <label>
        <span>rows</span>
        <TextInput label="Rows to run" value={rows ? rowsInput(rows) : 'all'} onCommit={commitRows} />
      </label>
      {known.length > 0 && (
        <label>
          <span>view</span>
          <SelectInput
            label="View to run"
            value={view ?? ''}
            options={[{ value: '', label: 'the model as it is' }, ...known.map((name) => ({ value: name, label: name }))]}
            onChange={(name) => client.choose({ view: name === '' ? null : name })}
          />
        </label>
      )}
      <Changes choice={choice} />
      <Button size="small" onPress={() => client.choose({ batch: 0, rows: null, view: null, interventions: [] })}>
        Back to the first batch, unchanged
      </Button>
    </>
  );
}

function Changes({ choice: { interventions } }: { readonly choice: Choice }) {
  const client = useRunClient();
  const runs = useRuns((state) => state.runs);
  const document = useDocument((present) => present);
  if (interventions.length === 0)
    return <p className="hint">Values can be changed for a run: select a wire, and choose a change in the inspector.</p>;
  return (
    <ul aria-label="Changes of values">
      {interventions.map((each) => {
        const text = `${titleOfPlace(document, each)} ${changeText(each, (run) => nameOfRun(runs, run))}`;
        return (
          <li key={text}>
            {text}
            <IconButton
              label={`Take the change of ${titleOfPlace(document, each)} away`}
              size="small"
              icon={<X size={12} />}
              onPress={() => client.choose({ interventions: interventions.filter((other) => other !== each) })}
            />
          </li>
        );
      })}
    </ul>
  );
}

function stepBatch(text: string, direction: 1 | -1): string | undefined {
  const index = Number(text);
  return Number.isInteger(index) ? String(Math.max(0, index + direction)) : undefined;
}
