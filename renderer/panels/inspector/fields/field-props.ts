import type { Argument } from '../../../../core/document/index.ts';
import type { ParamSpec } from '../../../../core/spec/index.ts';

/** What every field of the form gets. */
export interface FieldProps {
  readonly name: string;
  readonly spec: ParamSpec;
  /** As the document holds it; undefined: not set. */
  readonly value: Argument | undefined;
  /** What holds while it is not set: the default, or what was inferred. */
  readonly fallback: Argument | undefined;
  readonly isInvalid: boolean;
  readonly describedBy: string;
  /** Takes the text of the field; what cannot be read is told below it, and false given back. */
  readonly onText: (text: string) => boolean;
  readonly onValue: (value: Argument | undefined) => void;
}
