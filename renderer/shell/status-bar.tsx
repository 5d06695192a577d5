import { CircleAlert, CircleCheck, Cpu, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useCheck } from '../hooks/derived.ts';
import { useDocument, useDocumentState } from '../hooks/document.ts';
import { describeTraced, tracedHere } from '../state/derived/traced.ts';
import { hasUnsavedChanges } from '../state/document/store.ts';
import { toneOf } from '../panels/problems/problem-list.ts';
import { useProblems } from '../panels/problems/use-problems.ts';
import { useRuns } from '../hooks/runs.ts';
import { isBusy, type RunsState } from '../state/runs/store.ts';
import { useSession, useSessionStore } from '../hooks/session.ts';
import { showPanel } from '../state/session/workspaces.ts';
import { formatCount, formatPlural } from '../ui/format.ts';

export function StatusBar() {
  return (
    <footer className="status-bar" aria-label="Status">
      <RunState />
      <ProblemCount />
      <span className="spring" />
      <FoundPlace />
      <Highlighted />
      <SelectionCount />
      <ParameterCount />
      <SavedState />
      <Backend />
    </footer>
  );
}

function describeStatus({ status, phase, training }: RunsState): string {
  if (status === 'idle') return 'Ready';
  if (status === 'failed') return 'Failed';
  if (status === 'stopping') return 'Stopping …';
  if (status === 'training' && training) return `Training: step ${formatCount(training.step)} of ${formatCount(training.goal)}`;
  return `${capitalize(phase ?? status)} …`;
}

/** Its end is announced: each step of a training would drown all else. */
function RunState() {
  const text = useRuns(describeStatus);
  const busy = useRuns(isBusy);
  const failed = useRuns((state) => state.status === 'failed');
  return (
    <span className="status-item run-state" role="status" aria-live="off" aria-label="Run status" data-failed={failed || undefined}>
      {busy ? <LoaderCircle className="spinner" size={13} /> : failed ? <CircleAlert size={13} /> : <CircleCheck size={13} />}
      {text}
    </span>
  );
}

function ProblemCount() {
  const session = useSessionStore();
  const problems = useProblems();
  const text = problems.length === 0 ? 'No problems' : formatPlural(problems.length, 'problem');
  return (
    <button
      type="button"
      className="status-item"
      data-tone={toneOf(problems)}
      onClick={() => session.set(showPanel(session.getState(), 'problems'))}
    >
      <TriangleAlert size={13} />
      {text}
    </button>
  );
}

/** Where one is among what was found, for as long as one is there. */
function FoundPlace() {
  const text = useSession(({ lastFind, selection }) =>
    lastFind && lastFind.selection === selection ? `${lastFind.at + 1} of ${lastFind.count} for “${lastFind.text}”` : '',
  );
  return (
    <span className="status-item" role="status" aria-label="Found">
      {text}
    </span>
  );
}

/** Said as well as shown: what is dim cannot be heard. */
function Highlighted() {
  const traced = useSession(tracedHere);
  const text = useDocument((document) => {
    const modelClass = traced ? document.classes[traced.class] : undefined;
    return traced && modelClass ? describeTraced(modelClass, traced) : '';
  });
  return (
    <span className="status-item" role="status" aria-label="Highlighted">
      {text}
    </span>
  );
}

function SelectionCount() {
  const text = useSession(({ selection: { nodes, wires, modules } }) => {
    if (nodes.length > 0) return `${formatPlural(nodes.length, 'node')} selected`;
    if (wires.length > 0) return `${formatPlural(wires.length, 'wire')} selected`;
    return modules.length > 0 ? `${formatPlural(modules.length, 'module')} selected` : '';
  });
  return text === '' ? null : <span className="status-item">{text}</span>;
}

function ParameterCount() {
  const { parameters } = useCheck();
  return <span className="status-item">{formatPlural(parameters, 'parameter')}</span>;
}

function SavedState() {
  const isUnsaved = useDocumentState(hasUnsavedChanges);
  const hasFile = useDocumentState((state) => state.file !== null);
  return <span className="status-item">{isUnsaved ? 'Unsaved changes' : hasFile ? 'Saved' : 'Unchanged'}</span>;
}

function Backend() {
  const backend = useRuns((state) => state.backend);
  const note = useRuns((state) => state.backendNote);
  const text = backend === null ? 'Engine starting' : backend === 'webgl' ? 'WebGL' : `CPU${note === null ? '' : ` (${shorten(note)})`}`;
  return (
    <span className="status-item" title={note ?? 'What computes'} data-tone={backend === 'cpu' ? 'warning' : undefined}>
      <Cpu size={13} />
      {text}
    </span>
  );
}

/** "The CPU computes: WebGL 2 is not available, so …" without what the bar says itself. */
function shorten(note: string): string {
  return note
    .replace(/^The CPU computes: /, '')
    .replace(/, so the CPU computes\.?$/, '')
    .replace(/\.$/, '');
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
