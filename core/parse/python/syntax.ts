/** @file The part of Python that is read, as trees. What is read is only ever looked at: nothing here computes. */

interface Placed {
  /** From 1. */
  readonly line: number;
}

export type Expr =
  | (Placed & { readonly kind: 'name'; readonly name: string })
  | (Placed & { readonly kind: 'number'; readonly value: number; readonly isFloat: boolean })
  | (Placed & { readonly kind: 'text'; readonly value: string })
  | (Placed & { readonly kind: 'constant'; readonly value: boolean | null })
  | (Placed & { readonly kind: 'ellipsis' })
  | (Placed & { readonly kind: 'tuple' | 'list'; readonly items: readonly Expr[] })
  | (Placed & { readonly kind: 'dict'; readonly entries: readonly (readonly [Expr, Expr])[] })
  | (Placed & { readonly kind: 'attribute'; readonly of: Expr; readonly name: string })
  | (Placed & { readonly kind: 'index'; readonly of: Expr; readonly index: Expr })
  | (Placed & { readonly kind: 'range'; readonly parts: readonly [Expr | null, Expr | null, Expr | null] })
  | (Placed & { readonly kind: 'call'; readonly of: Expr; readonly args: readonly Expr[]; readonly named: readonly Named[] })
  | (Placed & { readonly kind: 'unary'; readonly operator: string; readonly of: Expr })
  | (Placed & { readonly kind: 'binary'; readonly operator: string; readonly left: Expr; readonly right: Expr })
  | (Placed & { readonly kind: 'each'; readonly item: Expr; readonly name: string; readonly in: Expr })
  | (Placed & { readonly kind: 'lambda'; readonly names: readonly string[]; readonly body: Expr });

export interface Named extends Placed {
  readonly name: string;
  readonly value: Expr;
}

export interface Parameter extends Placed {
  readonly name: string;
  readonly type: Expr | null;
  readonly default: Expr | null;
}

export type Statement =
  | (Placed & { readonly kind: 'import'; readonly text: string })
  | (Placed & { readonly kind: 'class'; readonly name: string; readonly bases: readonly Expr[]; readonly body: readonly Statement[] })
  | (Placed & {
      readonly kind: 'def';
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly result: Expr | null;
      readonly body: readonly Statement[];
    })
  | (Placed & { readonly kind: 'for'; readonly name: string; readonly in: Expr; readonly body: readonly Statement[] })
  | (Placed & { readonly kind: 'if'; readonly test: Expr; readonly body: readonly Statement[] })
  | (Placed & { readonly kind: 'assign'; readonly target: Expr; readonly value: Expr })
  | (Placed & { readonly kind: 'return'; readonly value: Expr | null })
  | (Placed & { readonly kind: 'expression'; readonly value: Expr })
  | (Placed & { readonly kind: 'pass' });

/** What cannot be read, by its line. */
export class ReadFault extends Error {
  override readonly name = 'ReadFault';
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/** @throws ReadFault */
export function refuse(place: Placed, message: string): never {
  throw new ReadFault(place.line, message);
}
