/** @file What the code takes from core: each name once, under another where a class of the document has it. */

/** The package that core is. */
export const PACKAGE = 'espalier';

export class Imports {
  private readonly locals = new Map<string, string>();
  private readonly types = new Map<string, string>();

  constructor(private readonly taken: ReadonlySet<string>) {}

  /** The local name of a public name of core. */
  use(name: string): string {
    return this.add(this.locals, name);
  }

  /** The same for what only types need. */
  useType(name: string): string {
    return this.add(this.types, name);
  }

  private add(names: Map<string, string>, name: string): string {
    let local = names.get(name);
    if (local === undefined) names.set(name, (local = this.taken.has(name) ? `Core${name[0]!.toUpperCase()}${name.slice(1)}` : name));
    return local;
  }

  get isEmpty(): boolean {
    return this.locals.size + this.types.size === 0;
  }

  /** One line, in order of the alphabet whatever the case. */
  toString(): string {
    const types = [...this.types].filter(([name]) => !this.locals.has(name));
    const write = ([name, local]: readonly [string, string], kind: string) => ({
      name,
      text: `${kind}${name === local ? name : `${name} as ${local}`}`,
    });
    const all = [...[...this.locals].map((each) => write(each, '')), ...types.map((each) => write(each, 'type '))];
    const key = ({ name }: { readonly name: string }) => name.toLowerCase();
    const sorted = all.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
    return `import { ${sorted.map(({ text }) => text).join(', ')} } from "${PACKAGE}";`;
  }
}
