/** @file Graph mode (sharing and cycles allowed) or tree mode, where a call does not say. Port of nnx.set_graph_mode. */

let graphMode = true;

/** The option that every traversing function takes. */
export interface GraphOption {
  /** True walks shared Modules once and allows cycles; false treats the Module as a tree and refuses both. Default: the configured mode (true). */
  readonly graph?: boolean | undefined;
}

/** Sets the mode for calls that do not say which. */
export function setGraphMode(graph: boolean): void {
  graphMode = graph;
}

/** Runs `f` in a mode and restores the one before, also when `f` throws. Not for asynchronous functions: pass `graph` to those. */
export function withGraphMode<R>(graph: boolean, f: () => R): R {
  const before = graphMode;
  graphMode = graph;
  try {
    return f();
  } finally {
    graphMode = before;
  }
}

/** The mode of a call. */
export function isGraphMode(graph: boolean | undefined): boolean {
  return graph ?? graphMode;
}

/** What tree mode advises when it meets something shared. */
export function treeModeAdvice(functionName: string): string {
  return (
    'Consider the following options:\n\n' +
    '1. Remove the duplicates and guarantee a tree structure.\n' +
    `2. Enable graph mode by passing graph: true to ${functionName}.\n` +
    `3. Run the call in graph mode: withGraphMode(true, () => ${functionName}(...)).`
  );
}
