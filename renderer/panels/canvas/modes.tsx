/** @file Modes of a Module, as badges that switch: a `setAttributes` on just this Module, as one step. Word and hue, never hue alone. */
import type { MouseEvent } from 'react';
import type { ModuleInfo } from '../../../core/run/index.ts';
import type { Path } from '../../../core/document/index.ts';
import { switchMode } from '../../commands/switch-mode.command.ts';
import { useServices } from '../../hooks/services.ts';
import { modesOf, type Mode } from '../../state/runs/modes.ts';

interface SwitchProps {
  readonly mode: Mode;
  readonly className: string;
  readonly text: string;
  /** Of the Modules that are switched. */
  readonly paths: readonly Path[];
  readonly title: string;
}

/** By the pointer: by keys it is the command on what is selected, so that no node has two places in the order of Tab. */
function ModeSwitch({ mode: { name, word, value, tone, next }, className, text, paths, title }: SwitchProps) {
  const services = useServices();
  const what = `${name === '' ? 'Modules within' : name} = ${value}`;
  if (next === null) {
    return (
      <span className={className} data-tone={tone} title={what}>
        {text}
      </span>
    );
  }
  const to = tone !== 'plain' || name === '' ? (next ? 'eval' : 'train') : String(next);
  const stop = (event: MouseEvent): void => event.stopPropagation();
  return (
    <button
      type="button"
      className={`${className} nodrag nopan`}
      data-tone={tone}
      tabIndex={-1}
      // The text that is seen is part of what is said.
      aria-label={`${title}: ${text === word ? word : what}, switch to ${to}`}
      title={`${what}. Click: ${to}`}
      onClick={(event) => {
        stop(event);
        switchMode(services, paths, title, name, next);
      }}
      onDoubleClick={stop}
    >
      {text}
    </button>
  );
}

interface BadgesProps {
  readonly modes: readonly Mode[];
  readonly path: Path;
  readonly title: string;
}

/** One badge each: `train`, `eval`, or the value of another mode; the title tells attribute and value. */
export function ModeBadges({ modes, path, title }: BadgesProps) {
  if (modes.length === 0) return null;
  return (
    <span className="mode-badges">
      {modes.map((mode) => (
        <ModeSwitch key={mode.name} mode={mode} className="mode-badge" text={mode.word} paths={[path]} title={title} />
      ))}
    </span>
  );
}

/** All modes by name and value, one row each. `paths`: also of the Modules that a fold stands for. */
export function ModeRows({
  module,
  paths,
  title,
}: {
  readonly module: ModuleInfo;
  readonly paths: readonly Path[];
  readonly title: string;
}) {
  return modesOf(module).map((mode) => (
    <div key={mode.name} className="mode-row" data-tone={mode.tone}>
      <span className="mode-name">{mode.name}</span>
      <ModeSwitch mode={mode} className="mode-value" text={mode.value} paths={paths} title={title} />
    </div>
  ));
}
