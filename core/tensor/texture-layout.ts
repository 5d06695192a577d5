/**
 * @file How TensorFlow.js lays the numbers of a tensor out in its texture, undone on the CPU: for what is small that costs less than another
 * program of the card that puts them in order.
 */

/** What the library keeps of a tensor on the card, as far as it is read here. */
export interface TextureData {
  /** Of the tensor that the texture was made for: one that was reshaped without a copy shares it. */
  readonly shape: readonly number[];
  readonly isPacked?: boolean;
  /** Of a part of another tensor, whose texture it shares. */
  readonly slice?: { readonly flatOffset: number } | null;
  /** Null or 0 where a program has drawn it; others hold bytes, or wait to be drawn from. */
  readonly usage?: number | null;
  readonly texture: { readonly texture: object; readonly texShape: readonly number[] } | null;
}

/** The texels to copy, row by row, and where the numbers lie among them. */
export interface TextureLayout {
  /** Four numbers in each texel, of two rows and two columns; else one. */
  readonly isPacked: boolean;
  readonly width: number;
  /** Rows of texels: the first, and how many. */
  readonly top: number;
  readonly height: number;
  /** Where the first number lies, counted from the first texel that is copied. */
  readonly start: number;
  readonly size: number;
  /** Of the last two axes; 1 where there are fewer. */
  readonly rows: number;
  readonly columns: number;
}

/** Undefined where nothing is known of the layout. `size` is how many numbers the tensor has, at least one. */
export function layoutOf({ shape, isPacked = false, slice, usage, texture }: TextureData, size: number): TextureLayout | undefined {
  if (!texture || (usage ?? 0) !== 0 || (isPacked && slice)) return undefined;
  const width = texture.texShape[1] ?? 1;
  const columns = shape.at(-1) ?? 1;
  const rows = shape.at(-2) ?? 1;
  if (isPacked) {
    const texels = (size / rows / columns) * Math.ceil(rows / 2) * Math.ceil(columns / 2);
    return { isPacked, width, top: 0, height: Math.ceil(texels / width), start: 0, size, rows, columns };
  }
  const first = slice?.flatOffset ?? 0;
  const top = Math.floor(first / width);
  const start = first - top * width;
  return { isPacked, width, top, height: Math.ceil((start + size) / width), start, size, rows, columns };
}

/**
 * The numbers in row-major order. `texels` holds what was copied, from `offset` on and with `lanes` floats for each texel; numbers that lie
 * there in order already are not copied again.
 */
export function numbersIn(texels: Float32Array, offset: number, layout: TextureLayout, lanes: number): Float32Array {
  const { isPacked, start, size } = layout;
  const first = offset + start * lanes;
  if (isPacked) return unpacked(texels, offset, layout);
  return lanes === 1 ? texels.subarray(first, first + size) : Float32Array.from({ length: size }, (_, i) => texels[first + i * lanes]!);
}

/** Blocks of two rows and two columns; at an odd end they hold numbers that do not exist. */
function unpacked(texels: Float32Array, offset: number, { size, rows, columns }: TextureLayout): Float32Array {
  const numbers = new Float32Array(size);
  const even = columns - (columns % 2);
  let at = offset;
  for (let top = 0; top < size; top += rows * columns)
    for (let row = 0; row < rows; row += 2) {
      const upper = top + row * columns;
      // An odd last row writes its shadow nowhere.
      const lower = row + 1 < rows ? upper + columns : size;
      for (let column = 0; column < even; column += 2, at += 4) {
        numbers[upper + column] = texels[at]!;
        numbers[upper + column + 1] = texels[at + 1]!;
        numbers[lower + column] = texels[at + 2]!;
        numbers[lower + column + 1] = texels[at + 3]!;
      }
      if (even === columns) continue;
      numbers[upper + even] = texels[at]!;
      numbers[lower + even] = texels[at + 2]!;
      at += 4;
    }
  return numbers;
}
