/** @file Colours of the theme for a canvas that is painted, which knows neither tokens nor themes. Pure. */

type Style = Pick<CSSStyleDeclaration, 'getPropertyValue' | 'color' | 'colorScheme'>;

const PAIR = /^light-dark\((rgb\([^)]*\)), (rgb\([^)]*\))\)$/;

/** A colour as the element of the style shows it: a token (`--nan`, `var(--nan)`), one for each theme (`light-dark(…)`), or any other as it is. */
export function canvasColor(style: Style, color: string): string {
  const token = color.startsWith('var(') ? color.slice(4, -1) : color.startsWith('--') ? color : undefined;
  if (token !== undefined) return style.getPropertyValue(token) || style.color;
  const pair = PAIR.exec(color);
  return pair ? pair[style.colorScheme.includes('dark') ? 2 : 1]! : color;
}
