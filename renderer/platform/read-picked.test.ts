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
