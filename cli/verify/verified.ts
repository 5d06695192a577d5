/** @file What verifying gives. */

/** Numbers of the target's library, or why there are none. */
export type Ran =
  | {
      readonly ok: true;
      readonly versions: Readonly<Record<string, string>>;
      /** Of each output, in order. */ readonly differences: readonly number[];
    }
  /** `isMissing`: there is no such library here, which says nothing of the code. */
  | { readonly ok: false; readonly reason: string; readonly isMissing: boolean };
