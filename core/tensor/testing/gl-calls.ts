/** @file How often the driver was asked for a buffer or a fence: each fence is a wait of milliseconds. */
import { tf } from '../tf.ts';

interface Gl {
  createBuffer(): object;
  deleteBuffer(buffer: object): void;
  fenceSync(condition: number, flags: number): object;
  deleteSync(sync: object): void;
}
type Name = keyof Gl;

/** What `f` gave, and how often the context was asked while it ran; the driver still does it. All 0 where there is no WebGL. */
export async function countGlCalls<T>(
  f: () => Promise<T>,
): Promise<{ readonly result: T; readonly counts: Readonly<Record<Name, number>> }> {
  const counts: Record<Name, number> = { createBuffer: 0, deleteBuffer: 0, fenceSync: 0, deleteSync: 0 };
  if (tf.getBackend() !== 'webgl') return { result: await f(), counts };
  const { gl } = (tf.backend() as unknown as { readonly gpgpu: { readonly gl: Record<Name, (...asked: unknown[]) => unknown> } }).gpgpu;
  for (const name of Object.keys(counts) as Name[]) {
    const original = gl[name];
    gl[name] = (...asked) => {
      counts[name]++;
      return original.apply(gl, asked);
    };
  }
  try {
    return { result: await f(), counts };
  } finally {
    for (const name of Object.keys(counts) as Name[]) delete (gl as Partial<typeof gl>)[name];
  }
}
