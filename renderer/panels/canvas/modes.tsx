/** @file Modes of a Module, as badges: what `train()`, `eval()` and `setAttributes` flip. Word and hue, never hue alone. */
import { isModeName, type ModuleInfo } from '../../../core/run/index.ts';

interface Mode {
  readonly name: string;
  readonly value: string;
  readonly tone: 'train' | 'eval' | 'plain';
}

export function modesOf(module: ModuleInfo | undefined): readonly Mode[] {
  return (module?.attributes ?? [])
    .filter((attribute) => attribute.mode)
    .map(({ name, value }) => ({
      name,
      value: value === null ? 'none' : String(value),
      tone: isModeName(name) && typeof value === 'boolean' ? (value ? 'eval' : 'train') : 'plain',
    }));
}

/** One badge: `train`, `eval`, or the value of another mode; the title tells attribute and value. */
export function ModeBadges({ module }: { readonly module: ModuleInfo | undefined }) {
  const modes = modesOf(module);
  if (modes.length === 0) return null;
  return (
    <span className="mode-badges">
      {modes.map(({ name, value, tone }) => (
        <span key={name} className="mode-badge" data-tone={tone} title={`${name} = ${value}`}>
          {tone === 'plain' ? `${name} ${value}` : tone}
        </span>
      ))}
    </span>
  );
}

/** All modes by name and value, one row each. */
export function ModeRows({ module }: { readonly module: ModuleInfo }) {
  return modesOf(module).map(({ name, value, tone }) => (
    <div key={name} className="mode-row" data-tone={tone}>
      <span className="mode-name">{name}</span>
      <span className="mode-value">{value}</span>
    </div>
  ));
}
