/** @file The colours of pictures: those of the light theme on white, since pictures are printed. A picture stands alone and reads no page. */
import type { FrameColor } from '../../../../core/document/index.ts';
import type { FlowNodeRow } from '../flow-model.ts';

export const PAPER = {
  ground: '#ffffff',
  ink: '#1b2027',
  muted: '#515b69',
  line: '#c7cdd6',
  wire: '#6b7482',
  note: '#fdf6e0',
  danger: '#c0362c',
};

const FAMILY_COLORS: Readonly<Record<FlowNodeRow['family'], string>> = {
  dense: '#1a76b8',
  convolution: '#b87a00',
  normalization: '#00805f',
  regularization: '#b0568a',
  embedding: '#9c8f00',
  attention: '#c74f12',
  recurrent: '#3f93cc',
  activation: '#7a57c7',
  arithmetic: '#66707e',
  shape: '#66707e',
  reduction: '#66707e',
  pooling: '#946617',
  loss: '#c74f12',
  class: '#414b59',
  io: '#7c8696',
  unknown: '#c0362c',
};

export function familyColor(family: FlowNodeRow['family']): string {
  return FAMILY_COLORS[family];
}

const FRAME_INK: Readonly<Record<FrameColor, string>> = {
  grey: '#8a94a3',
  blue: FAMILY_COLORS.dense,
  green: FAMILY_COLORS.normalization,
  amber: FAMILY_COLORS.convolution,
  red: FAMILY_COLORS.attention,
  violet: FAMILY_COLORS.activation,
};

export function frameColor(color: FrameColor): string {
  return FRAME_INK[color];
}
