/** @file An SVG as the bytes of a PNG, drawn by the browser. */

/** Dots for one pixel of the canvas: sharp on paper. */
const SCALE = 2;
/** What every browser can draw: pixels of a side, and of the whole. */
const MOST_SIDE = 16_000;
const MOST_PIXELS = 120_000_000;

interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** The scale at which a picture can still be drawn. */
export function scaleFor({ width, height }: Pick<Drawing, 'width' | 'height'>): number {
  return Math.min(SCALE, MOST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
}

export async function rasterize(picture: Drawing): Promise<{ readonly content: Uint8Array<ArrayBuffer>; readonly scale: number }> {
  const scale = scaleFor(picture);
  const address = URL.createObjectURL(new Blob([picture.svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The browser could not draw a picture of this size. Save it as SVG.');
    return { content: new Uint8Array(await blob.arrayBuffer()), scale };
  } finally {
    URL.revokeObjectURL(address);
  }
}
