/** @file Perceptual colour scales. Viridis and cividis after matplotlib (CC0), the diverging one after ColorBrewer's RdBu. */

export type Rgb = readonly [red: number, green: number, blue: number];

/** Evenly spaced stops from low to high. */
export type ColorScale = readonly Rgb[];

function parse(stops: string): ColorScale {
  return stops.split(' ').map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb);
}

/** For magnitudes. */
export const VIRIDIS = parse('440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725');
/** For magnitudes; looks alike to colour-blind and other eyes. */
export const CIVIDIS = parse('00224e 123570 3b496c 575d6d 707173 8a8678 a59c74 c3b369 e1cc55 fee838');
/** For signed values: blue below zero, red above. */
export const DIVERGING = parse('053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fddbc7 f4a582 d6604d b2182b 67001f');

/** The same on a dark ground, where the middle steps back. */
export const DIVERGING_ON_DARK = parse('9cccff 5fa4e6 417aaf 3c566f 454c57 6f4d4b a95d54 e07464 ffa193');

/** What has no place on a scale: colours that none of them has, as CSS; the theme may shade them. */
export const NOT_FINITE = { nan: 'var(--nan)', infinite: 'var(--infinite)' } as const;
/** For pictures, which stand on colours of their own in every theme. */
export const NOT_FINITE_RGB = { nan: [255, 0, 200], infinite: [0, 229, 255] } as const satisfies Record<keyof typeof NOT_FINITE, Rgb>;

/** The colour at `t` from 0 to 1, linear between stops; outside values are clamped. */
export function sampleScale(scale: ColorScale, t: number): Rgb {
  const last = scale.length - 1;
  const place = Math.min(Math.max(Number.isFinite(t) ? t : 0, 0), 1) * last;
  const low = scale[Math.floor(place)] ?? [0, 0, 0];
  const high = scale[Math.min(Math.floor(place) + 1, last)] ?? low;
  const part = place - Math.floor(place);
  const mix = (a: number, b: number): number => Math.round(a + (b - a) * part);
  return [mix(low[0], high[0]), mix(low[1], high[1]), mix(low[2], high[2])];
}

export function cssColor([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Of what may be more or less, at `t` from 0 to 1: whatever the theme, the middle is quiet and the ends stand out. */
export function signedColor(t: number): string {
  return `light-dark(${cssColor(sampleScale(DIVERGING, t))}, ${cssColor(sampleScale(DIVERGING_ON_DARK, t))})`;
}
