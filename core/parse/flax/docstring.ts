/** @file The text of a class out of its docstring: what it is, and what its arguments are. */

export interface Docs {
  readonly doc: string;
  /** By the Python name of the field. */
  readonly docs: ReadonlyMap<string, string>;
}

/** `fields` are the Python names of the fields: only lines about these belong to "Args:". */
export function readDocstring(text: string, fields: ReadonlySet<string>): Docs {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.trim());
  const docs = new Map<string, string>();
  const start = lines.lastIndexOf('Args:');
  if (start >= 0) {
    let last: string | undefined;
    for (const line of lines.slice(start + 1)) {
      const [, name, words] = /^(\w+): (.*)$/.exec(line) ?? [];
      if (name !== undefined && fields.has(name)) docs.set((last = name), words!);
      else if (last !== undefined && line !== '') docs.set(last, `${docs.get(last)!} ${line}`);
      else if (line !== '') return { doc: lines.join('\n'), docs: new Map() };
    }
  }
  return { doc: (start >= 0 && docs.size > 0 ? lines.slice(0, start) : lines).join('\n').trim(), docs };
}
