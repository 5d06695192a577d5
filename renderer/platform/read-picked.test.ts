import { expect, it } from 'vitest';
import { readPicked } from './read-picked.ts';

it('reads a file with its name', async () => {
  expect(await readPicked(new File(['{}'], 'a.espalier'), '3')).toEqual({ name: 'a.espalier', handle: '3', text: '{}' });
});

it('tells of a file that cannot be read, and of one that is too large before it is read (D7)', async () => {
  const unreadable = new File(['x'], 'gone.csv');
  unreadable.arrayBuffer = () => Promise.reject(new DOMException('A requested file could not be found.', 'NotFoundError'));
  await expect(readPicked(unreadable)).rejects.toThrow('gone.csv could not be read: it was moved, may not be read, or is a folder.');
  const huge = new File(['x'], 'huge.csv');
  Object.defineProperty(huge, 'size', { value: 65 * 2 ** 20 });
  await expect(readPicked(huge)).rejects.toThrow('huge.csv has 65 MiB; a file has at most 64 MiB.');
});

it('tells how a table writes letters as bytes, where that is not UTF-8 (T7)', async () => {
  const bytes = Uint8Array.from([...'a;y\n1;0\n'].flatMap((letter) => [letter.charCodeAt(0), 0]));
  const marked = Uint8Array.of(0xff, 0xfe, ...bytes);
  const read = async (content: Uint8Array<ArrayBuffer>) => readPicked(new File([content], 'a.csv'));
  expect(await read(marked)).toEqual({ name: 'a.csv', handle: null, text: 'a;y\n1;0\n', encoding: 'utf-16' });
  expect(await read(bytes)).toMatchObject({ text: 'a;y\n1;0\n', encoding: 'utf-16-le' });
  expect(await read(Uint8Array.of(0x47, 0xf6))).toMatchObject({ text: 'Gö', encoding: 'cp1252' });
});
