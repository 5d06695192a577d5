/** @file Asks every diagnosis, and puts what they say in order. */
import { DIAGNOSES } from './diagnoses.gen.ts';
import type { Diagnosis, Found, Look } from './define.ts';
import type { Checked, Diagnosed, DiagnosisReport, Severity } from './report.ts';
import type { Seen } from './seen.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];
/** By the part of the code before the slash: what is likelier a cause comes before what follows from it. */
const CAUSES = ['value', 'data', 'dropout', 'norm', 'mode', 'activation', 'gradient', 'initial-loss', 'output', 'parameter', 'schedule'];

/** Never throws for what it is shown: a diagnosis that fails is one that checked nothing, and says so. */
export async function diagnose(seen: Seen, diagnoses: readonly Diagnosis[] = DIAGNOSES): Promise<DiagnosisReport> {
  const found: Diagnosed[] = [];
  const checked: Checked[] = [];
  for (const diagnosis of diagnoses) {
    const look = await lookWith(diagnosis, seen);
    const { code, what } = diagnosis;
    checked.push({ code, what, checked: look.checked, notChecked: look.notChecked ?? 0, found: look.found.length, why: look.why ?? null });
    found.push(...look.found.map((each) => withCounts(each, look, diagnosis)));
  }
  const rank = ({ severity, code }: Diagnosed): number => {
    const family = CAUSES.indexOf(code.split('/', 1)[0]!);
    return SEVERITIES.indexOf(severity) * 100 + (family < 0 ? CAUSES.length : family);
  };
  return { diagnoses: found.toSorted((a, b) => rank(a) - rank(b)), checked };
}

async function lookWith(diagnosis: Diagnosis, seen: Seen): Promise<Look> {
  try {
    return await diagnosis.look(seen);
  } catch (error) {
    return { found: [], checked: 0, why: `The diagnosis itself failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function withCounts(found: Found, { checked, notChecked = 0 }: Look, { code, what, order }: Diagnosis): Diagnosed {
  const { severity, path, node = null, message, evidence, fix, mends = [] } = found;
  const word = checked === 1 ? what.replace(/(ss)es$|s$/, '$1') : what;
  const counts = `${order === 'first' ? 'First of ' : ''}${checked} ${word} checked${notChecked > 0 ? `, ${notChecked} not checked` : ''}.`;
  return {
    code,
    severity,
    path,
    node,
    message: `${message} ${counts}`,
    evidence: { ...evidence, checked, notChecked },
    fix,
    mends,
  };
}
