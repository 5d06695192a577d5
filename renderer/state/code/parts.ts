/** @file What the code panel shows of the code of a target. */
export const CODE_PARTS = {
  model: { label: 'Model', tooltip: 'The whole model' },
  class: { label: 'Open class', tooltip: 'Only the class that is open on the canvas' },
  training: { label: 'Training', tooltip: 'The script that trains the model as this window does' },
} as const;

export type CodePart = keyof typeof CODE_PARTS;
