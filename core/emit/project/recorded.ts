/** @file What the app gave for inputs, in the mode for use. */
import type { StoredTensor } from '../../weights/safetensors.ts';

interface Named {
  readonly name: string;
  readonly tensor: StoredTensor;
}

export interface RecordedValues {
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
}
