import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { newDocument, setName } from '../../core/document/index.ts';
import { openFileText } from '../commands/shared/open-document.ts';
import { createMemoryPlatform, type MemoryPlatform } from '../platform/memory.ts';
import { createServices } from '../state/create-services.ts';
import type { Services } from '../state/services.ts';
import type { DialogAnswer } from '../state/questions.ts';
import { showFirstDocument } from './first-document.ts';

const digits = readFileSync(new URL('../../assets/examples/digits.espalier', import.meta.url), 'utf8');

let platform: MemoryPlatform;
let services: Services;

beforeEach(() => {
  platform = createMemoryPlatform({ 'examples/digits.espalier': digits });
  services = createServices({ platform, connect: () => ({ post: () => undefined, terminate: () => undefined }) });
});

const textOf = (name: string) => JSON.stringify(setName(newDocument(), name));
const leave = (id: string, text = textOf(id)) => platform.left.set(id, { id, atMs: 1, text });
const opened = () => services.document.getState().document.name;

/** Answers the dialogs in turn; undefined: Escape. Gives what each was asked. */
async function start(...answers: readonly (DialogAnswer<'recover'> | undefined)[]) {
  const asked: unknown[] = [];
  let shown = 0;
  const stop = services.dialogs.subscribe(({ open }) => {
    if (open?.kind !== 'recover') return;
    asked.push(open.works.map(({ name, fault }) => (fault === undefined ? name : `${name}!`)));
    const answer = answers[shown++];
    queueMicrotask(() => services.dialogs.answer(answer));
  });
  await showFirstDocument(services);
  stop();
  return asked;
}

it('starts with the first example', async () => {
  expect(await start()).toEqual([]);
  expect(opened()).toBe('Digits classifier');
});

describe('a file of the command line (D2)', () => {
  const file = { name: 'mine.espalier', handle: '/mine.espalier', text: textOf('mine') };

  it('stays, when it came before the example was read', async () => {
    const readAsset = platform.readAsset;
    platform.readAsset = async (path) => {
      await openFileText(services, file);
      return readAsset(path);
    };
    await start();
    expect([opened(), services.document.getState().file?.handle]).toEqual(['mine', '/mine.espalier']);
  });

  it('takes the place of the example, when it comes after', async () => {
    await start();
    await openFileText(services, file);
    expect(opened()).toBe('mine');
  });
});

describe('work that was left (D3)', () => {
  it('is restored as unsaved, and this window keeps it before the old copy goes', async () => {
    leave('lost work');
    const drop = platform.recovery.drop;
    platform.recovery.drop = async (id) => {
      expect(platform.kept).toBe(textOf('lost work'));
      await drop(id);
    };
    expect(await start({ what: 'restore', id: 'lost work' })).toEqual([['lost work']]);
    expect(opened()).toBe('lost work');
    expect(services.document.getState().history.savedId).toBeUndefined();
    expect(platform.left.size).toBe(0);
  });

  it('is deleted when the user discards it', async () => {
    leave('lost work');
    await start({ what: 'discard', id: 'lost work' });
    expect([platform.left.size, opened()]).toEqual([0, 'Digits classifier']);
  });

  it('of several windows is offered together; what is not decided is kept', async () => {
    for (const id of ['a', 'b', 'c', 'd']) leave(id);
    expect(await start({ what: 'discard', id: 'b' }, { what: 'restore', id: 'c' })).toEqual([
      ['a', 'b', 'c', 'd'],
      ['a', 'c', 'd'],
    ]);
    expect([opened(), [...platform.left.keys()]]).toEqual(['c', ['a', 'd']]);
    expect(services.dialogs.getState().notices.at(-1)?.text).toBe('2 unsaved models will be offered again at the next start.');
  });

  it('is kept when the dialog is closed, also by another one that takes its place', async () => {
    leave('lost work');
    await start(undefined);
    expect(platform.left.size).toBe(1);
    const shown = showFirstDocument(services);
    await expect.poll(() => services.dialogs.getState().open?.kind).toBe('recover');
    await openFileText(services, { name: 'bad.espalier', handle: null, text: '{' });
    await shown;
    expect(platform.left.size).toBe(1);
  });

  it('that cannot be read is told and kept, and can be saved as it is', async () => {
    leave('broken', '{"format":"espalier","version":999}');
    platform.nextSaveAs = '/copy.espalier';
    expect(await start({ what: 'save', id: 'broken' }, undefined)).toEqual([['Unsaved work!'], ['Unsaved work!']]);
    expect(platform.left.size).toBe(1);
    expect(platform.files.get('/copy.espalier')).toBe('{"format":"espalier","version":999}');
  });

  it('is still kept when restoring it fails', async () => {
    leave('lost work');
    platform.recovery.write = () => Promise.reject(new Error('The disk is full.'));
    await start({ what: 'restore', id: 'lost work' });
    expect([platform.left.size, opened()]).toEqual([1, 'lost work']);
  });

  it('does not keep the window from starting when it cannot be looked for', async () => {
    platform.recovery.left = () => Promise.reject(new Error('Refused.'));
    await start();
    expect(opened()).toBe('Digits classifier');
    expect(services.dialogs.getState().notices.at(-1)?.text).toMatch(/could not be read: Refused\./);
  });
});
