/** @file Changing all streams below a Module at once. Ports of nnx.reseed, fork_rngs, split_rngs and restore_rngs at 18f8f31. */
import { isKey, type Key, split } from '../random/key.ts';
import { ValueError } from './errors.ts';
import { type Filter, toFilter } from './filter.ts';
import { iterGraph } from './iterate.ts';
import { type Path, pathText } from './path.ts';
import { type Counts, type Keys, RngStream, type RngSeed } from './rngs.ts';

/** What to do with a stream that holds several keys: refuse it, or split the new key to as many. */
export type ReseedPolicy = 'scalarsOnly' | 'matchShape';

/**
 * Starts the streams below a node again whose tag is named: key = fold_in(key of the seed, 0), count = 0. Streams of one
 * name in different places get different keys, as in Flax: each takes the next. Port of nnx.reseed.
 * @throws ValueError for a stream that was split, unless the policy is to match its shape.
 */
export function reseed(
  node: unknown,
  seeds: Readonly<Record<string, RngSeed>>,
  { policy = 'scalarsOnly' }: { readonly policy?: ReseedPolicy } = {},
): void {
  const sources = new Map(Object.entries(seeds).map(([tag, seed]) => [tag, new RngStream(seed, { tag })]));
  for (const [path, stream] of streamsBelow(node)) {
    const key = sources.get(stream.tag)?.();
    if (!key) continue;
    const present = stream.key.value;
    if (!isKey(present) && policy === 'scalarsOnly')
      throw new ValueError(
        `Cannot reseed stream '${stream.tag}' at path '${pathText(path)}' because it holds several keys. Pass { policy: 'matchShape' }.`,
      );
    restart(stream, isKey(present) ? key : matchShape(key, present));
  }
}

/** What `forkRngs` and `splitRngs` replaced; `restoreRngs` puts it back. */
export type RngBackup = readonly { readonly stream: RngStream; readonly key: Keys; readonly count: Counts }[];

/** Replaces the key of every stream below a node by its next one, and starts the counts again; returns the old state. Port of nnx.fork_rngs. */
export function forkRngs(node: unknown, only: Filter = true): RngBackup {
  return replaceKeys(node, only, (stream) => stream.fork().key.value);
}

/**
 * Replaces the key of every stream that the filter selects by `splits` keys, and returns the old state. Port of nnx.split_rngs.
 * @throws ValueError if `squeeze` is asked for and `splits` is not 1.
 */
export function splitRngs(
  node: unknown,
  splits: number,
  { only = true, squeeze = false }: { readonly only?: Filter; readonly squeeze?: boolean } = {},
): RngBackup {
  if (squeeze && splits !== 1)
    throw new ValueError(`squeeze=True is only supported for splits=1, got splits=${splits}. Leave squeeze out.`);
  return replaceKeys(node, only, (stream) => {
    const { value } = stream.split(splits).key;
    return squeeze ? (value as readonly Keys[])[0]! : value;
  });
}

/** Puts keys and counts back; the counts that making the replacements consumed stay consumed. Port of nnx.restore_rngs. */
export function restoreRngs(backup: RngBackup): void {
  for (const { stream, key, count } of backup) {
    stream.key.value = key;
    stream.count.value = count;
  }
}

function replaceKeys(node: unknown, only: Filter, next: (stream: RngStream) => Keys): RngBackup {
  const accepts = toFilter(only);
  const backup: { stream: RngStream; key: Keys; count: Counts }[] = [];
  for (const [path, stream] of streamsBelow(node)) {
    if (!accepts.test(path, stream)) continue;
    const before = stream.key.value;
    const replacement = next(stream);
    backup.push({ stream, key: before, count: stream.count.value });
    restart(stream, replacement);
  }
  return backup;
}

function streamsBelow(node: unknown): [Path, RngStream][] {
  return [...iterGraph(node)].flatMap(([path, value]): [Path, RngStream][] => (value instanceof RngStream ? [[path, value]] : []));
}

function restart(stream: RngStream, key: Keys): void {
  stream.key.value = key;
  stream.count.value = zeros(key);
}

function zeros(keys: Keys): Counts {
  return isKey(keys) ? 0 : keys.map(zeros);
}

/** As many new keys as there were, in the same nesting, row by row. */
function matchShape(key: Key, present: Keys): Keys {
  const count = (keys: Keys): number => (isKey(keys) ? 1 : keys.reduce((sum: number, part) => sum + count(part), 0));
  const fresh = split(key, count(present));
  const refill = (keys: Keys): Keys => (isKey(keys) ? fresh.shift()! : keys.map(refill));
  return refill(present);
}
