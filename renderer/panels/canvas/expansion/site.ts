/** @file Which graphs are on the canvas, and the frames of those that are drawn in place. */
import type { ClassId, Path } from '../../../../core/document/index.ts';
import type { Expandable } from '../../../state/derived/frames.ts';
import type { OpenStep } from '../../../state/session/store.ts';

/** Which instance of which class is drawn, and within what. The same object for as long as it is the same. */
export interface Site {
  /** The key of what is expanded; empty for the class that the canvas shows. */
  readonly key: string;
  readonly class: ClassId;
  readonly open: readonly OpenStep[];
  readonly instance: Path;
}

/** An expanded call: its frame stands where the node stood. */
export interface Frame extends Expandable {
  readonly width: number;
  readonly height: number;
  /** Of the part that the node would be: title, badges, ports. */
  readonly headHeight: number;
}
