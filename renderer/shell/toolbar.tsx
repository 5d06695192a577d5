import { Braces, Bug, FlaskConical, ListTree, PencilRuler, Play, Redo2, Repeat, Square, TrendingDown, Undo2, Workflow } from 'lucide-react';
import { currentMode, setRun } from '../../core/document/index.ts';
import { COMMAND_GROUPS, type CommandGroup } from '../commands/command.ts';
import { changeMode } from '../commands/toggle-mode.command.ts';
import { hasUnsavedChanges } from '../state/document/store.ts';
import { useDocument, useDocumentState } from '../hooks/document.ts';
import { useSession, useSessionStore } from '../hooks/session.ts';
import { showLens } from '../commands/toggle-lens.command.ts';
import type { Lens } from '../state/session/store.ts';
import { toWorkspace, WORKSPACES } from '../state/session/workspaces.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Segments } from '../ui/segments.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { CommandMenu } from './command-menu.tsx';
import { useServices } from '../hooks/services.ts';
import { findCommand } from './commands.ts';
import { RunChoice } from './run-choice.tsx';
import { shownKeys, useCommand } from './use-commands.ts';

const LENSES: readonly { readonly value: Lens; readonly label: string; readonly icon: React.ReactNode; readonly tooltip: string }[] = [
  { value: 'flow', label: 'Data flow', icon: <Workflow size={14} />, tooltip: 'The forward graph of the open class' },
  { value: 'structure', label: 'Structure', icon: <ListTree size={14} />, tooltip: 'The module tree as iterModules yields it' },
];

const MODES = [
  { value: 'train', label: 'Train', tooltip: 'train(): dropout drops, statistics of the batch' },
  { value: 'eval', label: 'Eval', tooltip: 'eval(): deterministic, stored statistics' },
] as const;

/** What is open and what is done with it: menus, history, title, lens, mode, run. All else is a command or lies in a panel. */
export function Toolbar() {
  return (
    <header className="toolbar">
      <div className="toolbar-side">
        <Mark />
        <nav className="menus" aria-label="Menus">
          {(Object.keys(COMMAND_GROUPS) as CommandGroup[]).map((group) => (
            <CommandMenu key={group} group={group} />
          ))}
        </nav>
        <UndoButtons />
        <Title />
      </div>
      <div className="toolbar-middle">
        <WorkspaceSwitch />
        <LensSwitch />
      </div>
      <div className="toolbar-side end">
        <ModeSwitch />
        <RunButtons />
      </div>
    </header>
  );
}

function Mark() {
  return (
    <svg className="mark" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M10 18V3M10 14H5.5Q3 14 3 11.5V9M10 14h4.500Q17 14 17 11.500V9M10 8.500H7.500Q5.500 8.500 5.500 6.500V4.500M10 8.500h2.500q2 0 2-2V4.500" />
    </svg>
  );
}

function UndoButtons() {
  const undo = useCommand('undo');
  const redo = useCommand('redo');
  return (
    <div className="button-row" role="group" aria-label="History">
      <IconButton label={undo.title} keys={undo.keys} icon={<Undo2 size={15} />} onPress={undo.run} isDisabled={!undo.isPossible} />
      <IconButton label={redo.title} keys={redo.keys} icon={<Redo2 size={15} />} onPress={redo.run} isDisabled={!redo.isPossible} />
    </div>
  );
}

function Title() {
  const name = useDocument((document) => document.name);
  const file = useDocumentState((state) => state.file?.name);
  const isUnsaved = useDocumentState(hasUnsavedChanges);
  return (
    <h1 className="document-title" title={file === undefined ? `${name} (not saved to a file yet)` : `${name} (${file})`}>
      <span>{name}</span>
      {isUnsaved && <i className="unsaved" role="img" aria-label="unsaved changes" />}
    </h1>
  );
}

const WORKSPACE_ICONS: Readonly<Record<string, React.ReactNode>> = {
  design: <PencilRuler size={14} />,
  debug: <Bug size={14} />,
  train: <TrendingDown size={14} />,
  code: <Braces size={14} />,
};

function WorkspaceSwitch() {
  const session = useSessionStore();
  const workspace = useSession((state) => state.workspace);
  const own = useSession((state) => state.ownKeys);
  const options = WORKSPACES.map(({ id, title, tooltip }) => {
    const command = findCommand(`workspace-${id}`);
    const keys = command && shownKeys(command, own);
    return { value: id, label: title, icon: WORKSPACE_ICONS[id], tooltip: `${title}: ${tooltip}${keys === undefined ? '' : ` (${keys})`}` };
  });
  return (
    <Segments
      label="Workspace"
      value={workspace}
      options={options}
      onChange={(id) => session.set(toWorkspace(session.getState(), id, window.innerWidth))}
    />
  );
}

function LensSwitch() {
  const services = useServices();
  const lens = useSession((state) => state.lens);
  return <Segments label="Lens" value={lens} options={LENSES} onChange={(next) => showLens(services, next)} />;
}

function ModeSwitch() {
  const services = useServices();
  const mode = useDocument(currentMode);
  return <Segments label="Mode of the model" value={mode} options={MODES} onChange={(next) => changeMode(services, next)} />;
}

function RunButtons() {
  const { document } = useServices();
  const steps = useDocument((model) => model.run.steps);
  const [run, train, stop] = [useCommand('run'), useCommand('train'), useCommand('stop')];
  const commitSteps = (text: string): boolean => {
    const count = Number(text);
    const isFit = Number.isInteger(count) && count > 0;
    if (isFit) document.edit('Set steps', (model) => setRun(model, { steps: count }));
    return isFit;
  };
  return (
    <div className="button-row" role="group" aria-label="Run">
      <Button tone="primary" onPress={run.run} isDisabled={!run.isPossible} tooltip="Forward and backward once" keys={run.keys}>
        <Play size={14} /> Run
      </Button>
      <RunChoice />
      <Button onPress={train.run} isDisabled={!train.isPossible} tooltip={train.title} keys={train.keys} label={train.title}>
        {train.title === 'Train' ? <FlaskConical size={14} /> : <Repeat size={14} />} {train.title === 'Train' ? 'Train' : 'Continue'}
      </Button>
      <span className="steps">
        <TextInput label="Steps to train" value={String(steps)} onCommit={commitSteps} onStep={stepCount} />
        <span aria-hidden="true">steps</span>
      </span>
      <Button onPress={stop.run} isDisabled={!stop.isPossible} tooltip="Stop" keys={stop.keys}>
        <Square size={12} /> Stop
      </Button>
    </div>
  );
}

function stepCount(text: string, direction: 1 | -1): string | undefined {
  const count = Number(text);
  return Number.isInteger(count) ? String(Math.max(1, count + 10 * direction)) : undefined;
}
