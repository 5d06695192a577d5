/** @file What a command of the terminal is. */
import type { ParseArgsConfig } from 'node:util';
import type { ExitCode, Io } from './io.ts';

export interface CliCommand {
  readonly name: string;
  /** Behind the name: `FILE [--steps N]`. */
  readonly usage: string;
  /** One sentence. */
  readonly doc: string;
  /** What each option does, by its name. */
  readonly options: Readonly<Record<string, { readonly doc: string; readonly value?: string; readonly short?: string }>>;
  /** How many files it takes; absent: one. */
  readonly files?: number;
  /** `more`: the files behind the first. */
  run(file: string, values: Values, io: Io, more: readonly string[]): Promise<ExitCode>;
}

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** Every command has these. */
export const SHARED: CliCommand['options'] = {
  json: { doc: 'Writes the result as JSON to standard output.' },
  help: { doc: 'Shows this.', short: 'h' },
};

export function parseConfig({ options }: CliCommand): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    Object.entries({ ...options, ...SHARED }).map(([name, { value, short }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) } as const,
    ]),
  );
}
