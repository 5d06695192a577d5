/** @file Files of weights for tests. */

/** A safetensors file with this header and so many bytes of numbers. */
export function fileOf(header: string, numBytes: number): Uint8Array {
  const text = header.padEnd(Math.ceil(header.length / 8) * 8);
  const bytes = new Uint8Array(8 + text.length + numBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(
    [...text].map((character) => character.charCodeAt(0)),
    8,
  );
  return bytes;
}
