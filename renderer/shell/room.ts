/** @file How the window is shared out before anyone has said otherwise: the canvas has the most room at every size, also at a zoom of 200 %. */
/** A side takes its share of the window, within what it needs. In pixels, as text. */
export function sideWidth(windowWidth: number, share: number, least: number, most: number): string {
  return `${Math.round(Math.min(most, Math.max(least, share * windowWidth)))}px`;
}
