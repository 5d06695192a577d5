/** @file Pictures of the PNG format (ISO/IEC 15948): eight bits or fewer, gray, colour or palette; what shines through is left out. */
import { fail } from '../../spec/run-error.ts';
import { DamagedData, inflate } from './inflate.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 for gray, 3 for red, green and blue. */
  readonly channels: 1 | 3;
  /** From 0 to 255: row by row, channels together. */
  readonly data: Uint8Array;
}

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const FIX = 'Save the pictures as plain PNG: eight bits for each channel, not interlaced.';
/** Samples of a pixel by the type of colour. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Head {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly color: number;
}

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** `file` is its name, for whoever is told. @throws RunError where it is none that is read here */
export function readPng(bytes: Uint8Array, file: string): Picture {
  if (!isPng(bytes)) return fail('picture/no-png', `"${file}" is no PNG, whatever its name says.`, FIX);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let head: Head | undefined;
  let palette: Uint8Array | undefined;
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (data.length < length) return fail('picture/damaged', `"${file}" is cut off.`, 'Copy it again.');
    if (type === 'IHDR') head = headOf(data, file);
    else if (type === 'PLTE') palette = data;
    else if (type === 'IDAT') parts.push(data);
    else if (type === 'IEND') break;
    at += 12 + length;
  }
  if (!head || parts.length === 0) return fail('picture/damaged', `"${file}" holds no picture.`, 'Copy it again.');
  return pixels(head, unfilter(head, joined(parts), file), palette, file);
}

function headOf(data: Uint8Array, file: string): Head {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const head = { width: view.getUint32(0), height: view.getUint32(4), depth: data[8]!, color: data[9]! };
  if (head.depth > 8) return fail('picture/depth', `"${file}" has ${head.depth} bits for each channel; up to 8 are read here.`, FIX);
  if (data[12] !== 0) return fail('picture/interlaced', `"${file}" is interlaced, which is not read here.`, FIX);
  if (!Object.hasOwn(SAMPLES, head.color) || head.width === 0 || head.height === 0)
    return fail('picture/damaged', `The head of "${file}" is damaged.`, 'Copy it again.');
  return head;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The rows as they were before each was written as a difference from what lies around. */
function unfilter({ width, height, depth, color }: Head, packed: Uint8Array, file: string): Uint8Array {
  const bits = depth * SAMPLES[color]!;
  const [row, step] = [Math.ceil((width * bits) / 8), Math.max(1, bits >> 3)];
  let raw: Uint8Array;
  try {
    raw = inflate(packed.subarray(2), (row + 1) * height);
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    return fail('picture/damaged', `"${file}" is damaged. ${error.message}`, 'Copy it again.');
  }
  const out = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)]!;
    for (let x = 0; x < row; x++) {
      const left = x >= step ? out[y * row + x - step]! : 0;
      const up = y > 0 ? out[(y - 1) * row + x]! : 0;
      const corner = x >= step && y > 0 ? out[(y - 1) * row + x - step]! : 0;
      const add = filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
      out[y * row + x] = raw[y * (row + 1) + 1 + x]! + add;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function pixels({ width, height, depth, color }: Head, rows: Uint8Array, palette: Uint8Array | undefined, file: string): Picture {
  if (color === 3 && !palette)
    return fail('picture/damaged', `"${file}" names colours of a palette that it does not have.`, 'Copy it again.');
  const samples = SAMPLES[color]!;
  const row = Math.ceil((width * depth * samples) / 8);
  const channels = color === 0 || color === 4 ? 1 : 3;
  const data = new Uint8Array(width * height * channels);
  const most = 2 ** depth - 1;
  const sample = (y: number, at: number): number => {
    if (depth === 8) return rows[y * row + at]!;
    const bit = at * depth;
    return (rows[y * row + (bit >> 3)]! >> (8 - depth - (bit & 7))) & most;
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < channels; channel++) {
        const value = sample(y, x * samples + (color === 3 ? 0 : channel));
        data[(y * width + x) * channels + channel] = color === 3 ? (palette![3 * value + channel] ?? 0) : Math.round((value * 255) / most);
      }
  return { width, height, channels, data };
}

/** The same in so many channels: gray as the Pillow library makes it of colours, by the weights of ITU-R 601. */
export function inChannels(picture: Picture, channels: 1 | 3): Uint8Array {
  const { data } = picture;
  if (picture.channels === channels) return data;
  if (channels === 3) return Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)]!);
  return Uint8Array.from(
    { length: data.length / 3 },
    (_, i) => (data[3 * i]! * 19595 + data[3 * i + 1]! * 38470 + data[3 * i + 2]! * 7471 + 0x8000) >> 16,
  );
}
