/** @file Sizes of the boxes of the structure lens, given before they are drawn, so that React Flow measures nothing. */

export const BOX_WIDTH = 216;
export const BOX_HEADER_HEIGHT = 56;
export const BOX_ROW_HEIGHT = 20;
export const BOX_COLUMN_WIDTH = 296;
export const BOX_GAP = 16;
