/** @file How one moves over the canvas: the habits of node editors, of design tools, and of trackpads. Space and a drag pan in all. */

export const NAVIGATIONS = {
  'node-editor': 'Move like a Node Editor: the wheel zooms, the middle or right button pans',
  'design-tool': 'Move like a Design Tool: the wheel pans, Ctrl and the wheel zoom',
  trackpad: 'Move by Trackpad: two fingers pan, a pinch zooms, a drag on empty ground pans',
} as const;

export type Navigation = keyof typeof NAVIGATIONS;
