/** Calls when the window has drawn what has just changed; in a test without a window, at once. */
export function afterDrawing(act: () => void): void {
  const frame = globalThis.requestAnimationFrame;
  if (frame === undefined) act();
  else frame(() => frame(act));
}
