/** @file What was found out about a run, for whoever reads the output. */
import type { Checked, DiagnosisReport } from '../core/diagnose/index.ts';
import type { Answer } from '../core/run/index.ts';

export const DIAGNOSE_OPTION = { doc: 'Says what is wrong with it, where and why: "diagnoses" in the JSON, and what was "checked".' };

/** Collects the reports among what an engine says on the way. */
export class Diagnoses {
  #report: DiagnosisReport = { diagnoses: [], checked: [] };
  readonly #isAsked: boolean;

  constructor(isAsked: boolean) {
    this.#isAsked = isAsked;
  }

  hear(said: Answer): void {
    if (said.kind === 'diagnosed') this.#report = said.report;
  }

  get haveErrors(): boolean {
    return this.#report.diagnoses.some(({ severity }) => severity === 'error');
  }

  /** What goes into the JSON; nothing unless it was asked for. */
  fields(): object {
    return this.#isAsked ? this.#report : {};
  }

  /** One line each, and one for all that was looked at. */
  text(): string {
    if (!this.#isAsked) return '';
    const { diagnoses, checked } = this.#report;
    const lines = diagnoses.map(({ severity, code, path, node, message, fix }) => {
      const place = [path.join('.'), node ?? ''].filter((part) => part !== '').join(' ');
      return `${severity}: ${message} ${fix} [${code}${place === '' ? '' : ` at ${place}`}]\n`;
    });
    return `${lines.join('')}${countText(checked, diagnoses.length)}\n`;
  }
}

function countText(checked: readonly Checked[], found: number): string {
  const done = checked.filter((each) => each.checked > 0).length;
  return `${found === 0 ? 'Nothing found' : `${found} found`}: ${done} of ${checked.length} diagnoses had something to look at.`;
}
