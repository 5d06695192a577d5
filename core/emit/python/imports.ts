/** @file The lines at the top of a file of Python. */

const STANDARD = /^import (?:copy|csv|io|math|os)$/;

/** `import x` before `from x import y`, each in order of the alphabet: the standard library, then packages, then the file `own` beside this one. */
export function importLines(imports: ReadonlySet<string>, own?: string): readonly string[] {
  const sorted = [...imports].sort((a, b) => Number(a.startsWith('from')) - Number(b.startsWith('from')) || (a < b ? -1 : 1));
  const standard = sorted.filter((line) => STANDARD.test(line));
  const packages = sorted.filter((line) => !STANDARD.test(line));
  return [standard, packages, own === undefined ? [] : [own]]
    .filter((lines) => lines.length > 0)
    .flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}
