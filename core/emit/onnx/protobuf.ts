/** @file The wire format of protocol buffers, as far as ONNX needs it: numbered fields of numbers, texts, bytes and messages. */
import { encodeUtf8 } from '../../weights/utf8.ts';

/** Parts of a message in order; how long it gets is known before anything is copied. */
export class Message {
  private readonly parts: Uint8Array[] = [];
  private length = 0;

  /** A whole number, which may be negative, up to 64 bits. */
  int(field: number, value: number | bigint): this {
    this.push(varint(BigInt(field << 3)));
    this.push(varint(BigInt.asUintN(64, BigInt(value))));
    return this;
  }

  float(field: number, value: number): this {
    this.push(varint(BigInt((field << 3) | 5)));
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.push(bytes);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, encodeUtf8(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.push(varint(BigInt((field << 3) | 2)));
    this.push(varint(BigInt(value.length)));
    this.push(value);
    return this;
  }

  message(field: number, value: Message): this {
    this.push(varint(BigInt((field << 3) | 2)));
    this.push(varint(BigInt(value.length)));
    this.parts.push(...value.parts);
    this.length += value.length;
    return this;
  }

  toBytes(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  private push(part: Uint8Array): void {
    this.parts.push(part);
    this.length += part.length;
  }
}

/** Seven bits at a time, the lowest first. */
function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const more = rest >> 7n;
    bytes.push(Number(rest & 127n) | (more > 0n ? 128 : 0));
    rest = more;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
