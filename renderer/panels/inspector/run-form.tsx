/** @file Seed, batch, loss, optimiser: what a run and a training go by. */
import { setRun, type Argument, type JsonValue, type Typed } from '../../../core/document/index.ts';
import { LOSSES, optimizers, schedules, sharedOptimizerParams } from '../../../core/index.ts';
import { startArgs, type ParamSpecs } from '../../../core/spec/index.ts';
import { useDocument } from '../../hooks/document.ts';
import { SelectInput } from '../../ui/select-input.tsx';
import { FormRow } from './form-row.tsx';
import { NumberRow } from './number-row.tsx';
import { ParamForm } from './param-form.tsx';
import { useEdit } from '../../hooks/use-edit.ts';
import { TrainedRow } from './trained-row.tsx';
import { useRunProblems } from './use-run-problems.ts';

export function RunForm() {
  const edit = useEdit();
  const run = useDocument((document) => document.run);
  const problems = useRunProblems('loss');
  return (
    <>
      <NumberRow
        label="seed"
        doc="Rngs(seed) makes initial values and dropout masks, those of Flax."
        value={run.seed}
        min={0}
        isWhole
        onCommit={(seed) => edit('Set seed', (document) => setRun(document, { seed }))}
      />
      <NumberRow
        label="batch size"
        value={run.batchSize}
        min={1}
        isWhole
        onCommit={(batchSize) => edit('Set batch size', (document) => setRun(document, { batchSize }))}
      />
      <NumberRow
        label="steps"
        doc="Steps of one press on Train."
        value={run.steps}
        min={1}
        isWhole
        onCommit={(steps) => edit('Set steps', (document) => setRun(document, { steps }))}
      />
      <FormRow label="loss" fault={problems.others}>
        <SelectInput
          label="Loss"
          value={run.loss.type}
          options={[
            ...(Object.hasOwn(LOSSES, run.loss.type) ? [] : [{ value: run.loss.type, label: `${run.loss.type} (not known here)` }]),
            ...Object.values(LOSSES).map(({ type, title }) => ({ value: type, label: title })),
          ]}
          onChange={(type) => edit('Choose loss', (document) => setRun(document, { loss: { type, args: {} } }))}
        />
      </FormRow>
      <LossArguments loss={run.loss} />
      <OptimizerForm settings={run.optimizer} />
      <TrainedRow />
    </>
  );
}

function LossArguments({ loss }: { readonly loss: Typed }) {
  const edit = useEdit();
  const params = Object.hasOwn(LOSSES, loss.type) ? LOSSES[loss.type]!.params : undefined;
  if (params === undefined || Object.keys(params).length === 0) return null;
  const setArg = (name: string, value: Argument | undefined): void => {
    const { [name]: _before, ...others } = loss.args;
    const args = value === undefined ? others : { ...others, [name]: value as JsonValue };
    void edit(`Set ${name} of the loss`, (document) => setRun(document, { loss: { ...loss, args } }));
  };
  return <ParamForm params={params} args={loss.args} onChange={setArg} />;
}

type OptimizerArgs = Typed['args'];

function OptimizerForm({ settings }: { readonly settings: Typed }) {
  const edit = useEdit();
  const problems = useRunProblems('optimizer');
  const descriptor = Object.hasOwn(optimizers, settings.type) ? optimizers[settings.type] : undefined;
  const change = (label: string, optimizer: Typed): void => void edit(label, (document) => setRun(document, { optimizer }));
  const setArg = (name: string, value: Argument | undefined): void => {
    const { [name]: _before, ...others } = settings.args;
    const args = value === undefined ? others : { ...others, [name]: value as JsonValue };
    change(`Set ${name} of ${settings.type}`, { ...settings, args });
  };
  const { learningRate } = settings.args;
  const isScheduled = typeof learningRate === 'object' && learningRate !== null;
  const params: ParamSpecs = { ...descriptor?.params, ...sharedOptimizerParams };
  const { learningRate: _rate, ...unscheduled } = params;
  return (
    <>
      <FormRow label="optimiser" fault={problems.others} doc={descriptor?.doc ?? 'Not known here.'}>
        <SelectInput
          label="Optimiser"
          value={settings.type}
          options={[...(descriptor ? [] : [settings.type]), ...Object.keys(optimizers)].map((value) => ({ value, label: value }))}
          onChange={(type) => change(`Choose ${type}`, { type, args: firstArgs(type, settings.args) })}
        />
      </FormRow>
      <ScheduleRow learningRate={learningRate} onChange={(value) => setArg('learningRate', value)} />
      <ParamForm
        params={isScheduled ? unscheduled : params}
        args={isScheduled ? without(settings.args, 'learningRate') : settings.args}
        onChange={setArg}
      />
    </>
  );
}

function without(args: OptimizerArgs, name: string): OptimizerArgs {
  return Object.fromEntries(Object.entries(args).filter(([key]) => key !== name));
}

/** What an optimiser starts with: its own starting values; the learning rate of the one before stays. */
function firstArgs(type: string, before: OptimizerArgs): OptimizerArgs {
  const params = optimizers[type]?.params ?? {};
  const kept = ['learningRate', 'clipByGlobalNorm'].flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]]]));
  return { ...startArgs(params), ...Object.fromEntries(kept) };
}

interface ScheduleRowProps {
  readonly learningRate: JsonValue | undefined;
  readonly onChange: (value: JsonValue) => void;
}

/** A learning rate that changes with the steps: the schedule by name, and its arguments below. */
function ScheduleRow({ learningRate, onChange }: ScheduleRowProps) {
  const given = (typeof learningRate === 'object' && learningRate !== null ? learningRate : {}) as Readonly<Record<string, JsonValue>>;
  const { name, ...args } = given;
  const chosen = typeof name === 'string' ? name : '';
  const descriptor = Object.hasOwn(schedules, chosen) ? schedules[chosen] : undefined;
  const rate = typeof learningRate === 'number' ? learningRate : 0.001;
  const choose = (type: string): void => {
    const found = schedules[type];
    onChange(found ? { name: type, ...startArgs(found.params) } : rate);
  };
  return (
    <>
      <FormRow label="schedule" doc={descriptor?.doc ?? 'Whether the learning rate changes with the steps.'}>
        <SelectInput
          label="Learning-rate schedule"
          value={chosen}
          options={[{ value: '', label: 'none' }, ...Object.keys(schedules).map((value) => ({ value, label: value }))]}
          onChange={choose}
        />
      </FormRow>
      {descriptor && (
        <ParamForm
          params={descriptor.params}
          args={args}
          onChange={(key, value) => {
            const { [key]: _before, ...others } = args;
            onChange({ name: chosen, ...others, ...(value === undefined ? {} : { [key]: value as JsonValue }) });
          }}
        />
      )}
    </>
  );
}
