/** @file A form that follows from a table of parameters. */
import type { Argument, Arguments } from '../../../core/document/index.ts';
import type { Args, ParamSpecs } from '../../../core/spec/index.ts';
import { ParamRow } from './param-row.tsx';

interface ParamFormProps {
  readonly params: ParamSpecs;
  readonly args: Arguments;
  /** Values of parameters that are not set, by name. */
  readonly inferred?: Args;
  readonly fields?: readonly string[];
  /** What the check says, by parameter. */
  readonly problems?: Readonly<Record<string, string>>;
  /** Parameters that differ between those that are edited together. */
  readonly mixed?: readonly string[];
  readonly onChange: (name: string, value: Argument | undefined) => void;
}

const NOTHING: Args = {};

export function ParamForm({ params, args, inferred = NOTHING, fields = [], problems = {}, mixed = [], onChange }: ParamFormProps) {
  const rows = Object.entries(params).map(([name, spec]) => ({
    name,
    // What is set, or wrong, is never folded away. Modes are changed on the live module, below.
    isFolded:
      (spec.advanced === true || spec.mode === true) && args[name] === undefined && problems[name] === undefined && !mixed.includes(name),
    row: (
      <ParamRow
        key={name}
        name={name}
        spec={spec}
        value={args[name]}
        inferred={inferred[name]}
        fields={fields}
        problem={problems[name]}
        isMixed={mixed.includes(name)}
        onChange={(value) => onChange(name, value)}
      />
    ),
  }));
  const folded = rows.filter((row) => row.isFolded);
  const unknown = Object.keys(args).filter((name) => !Object.hasOwn(params, name));
  return (
    <div className="param-form">
      {rows.filter((row) => !row.isFolded).map(({ row }) => row)}
      {unknown.map((name) => (
        <p key={name} className="param-fault">
          {name} is no parameter of this type; it is kept in the file.
        </p>
      ))}
      {folded.length > 0 && (
        <details className="more">
          <summary>More ({folded.length})</summary>
          {folded.map(({ row }) => row)}
        </details>
      )}
    </div>
  );
}
