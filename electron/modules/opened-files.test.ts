import { expect, it } from 'vitest';
import { documentsOf, makeInbox } from './opened-files.ts';

it('finds the documents of a command line, in the folder where it was given (D2)', () => {
  const argv = ['/opt/espalier', '--no-sandbox', 'net.espalier', '../b.ESPALIER', '/abs/c.espalier', 'notes.txt', '-x.espalier'];
  expect(documentsOf(argv, '/home/ada/models')).toEqual(['/home/ada/models/net.espalier', '/home/ada/b.ESPALIER', '/abs/c.espalier']);
});

it('takes addresses of files, as the menus of some desktops give them', () => {
  expect(documentsOf(['app', 'file:///home/ada/my%20net.espalier', 'file://%ZZ.espalier'], '/x')).toEqual([
    '/home/ada/my net.espalier',
    '/x/file:/%ZZ.espalier',
  ]);
});

it('hands files over one after the other, once the window is ready (D2)', async () => {
  const taken: string[] = [];
  const open: (() => void)[] = [];
  const inbox = makeInbox((file) => {
    taken.push(file);
    return new Promise((resolve) => open.push(resolve));
  });
  inbox.deliver('a');
  inbox.deliver('b');
  expect(taken).toEqual([]);
  inbox.ready();
  await expect.poll(() => taken).toEqual(['a']);
  open[0]!();
  await expect.poll(() => taken).toEqual(['a', 'b']);
});
