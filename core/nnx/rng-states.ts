/** @file Changing all streams below a Module at once. Ports of nnx.reseed, fork_rngs, split_rngs and restore_rngs at 18f8f31. */
import { isKey, type Key } from '../random/key.ts';
import { ValueError } from './errors.ts';
import { type Filter, type FilterObject, toFilter } from './filter.ts';
import { iterGraph } from './iterate.ts';
import { type Path, pathText } from './path.ts';
import {
  type Counts,
  type Keys,
  type KeyShape,
  type PerStream,
  RngStream,
  type RngSeed,
  splitTo,
  streamRules,
  zeroCounts,
} from './rngs.ts';

/**
 * What to do with a stream that holds several keys: refuse it, split the new key to as many, or what a function says. It gets the
 * stream's path, the new key and the shape of the stream's keys (empty for a single one), and returns keys of that shape.
 */
export type ReseedPolicy = 'scalarsOnly' | 'matchShape' | ((path: Path, key: Key, shape: readonly number[]) => Keys);

/**
 * Starts the streams below a node again whose tag is named: key = fold_in(key of the seed, 0), count = 0. Streams of one
 * name in different places get different keys, as in Flax: each takes the next. Port of nnx.reseed.
 * @throws ValueError for a stream that was split, unless the policy allows it, and for a policy that is none.
 */
export function reseed(
  node: unknown,
  seeds: Readonly<Record<string, RngSeed>>,
  { policy = 'scalarsOnly' }: { readonly policy?: ReseedPolicy } = {},
): void {
  if (policy !== 'scalarsOnly' && policy !== 'matchShape' && typeof policy !== 'function')
    throw new ValueError(`policy must be 'scalarsOnly', 'matchShape' or a function, got ${String(policy)}.`);
  const sources = new Map(Object.entries(seeds).map(([tag, seed]) => [tag, new RngStream(seed, { tag })]));
  for (const [path, stream] of streamsBelow(node)) {
    const key = sources.get(stream.key.tag ?? stream.tag)?.();
    if (!key) continue;
    const shape = shapeOf(stream.key.value);
    if (typeof policy === 'function') restart(stream, policy(path, key, shape));
    else if (shape.length === 0) restart(stream, key);
    else if (policy === 'matchShape') restart(stream, splitTo(key, shape));
    else
      throw new ValueError(
        `Cannot reseed stream '${stream.tag}' at path '${pathText(path)}' because it holds several keys, of shape [${shape.join(', ')}]. ` +
          "Pass { policy: 'matchShape' } if all of them are different, or a function.",
      );
  }
}

/** What `forkRngs` and `splitRngs` replaced; `restoreRngs` puts it back. */
export type RngBackup = readonly { readonly stream: RngStream; readonly key: Keys; readonly count: Counts }[];

/**
 * Replaces the key of every stream below a node by its next one, and starts the counts again; returns the old state. `split` makes
 * several keys of it, or, as a table, says by filter which streams to fork and into what (null: one key); the first match counts.
 * Filters see the key and the count of a stream, and must take both. Port of nnx.fork_rngs.
 */
export function forkRngs(node: unknown, { split = new Map([[true, null]]) }: { readonly split?: PerStream } = {}): RngBackup {
  return replaceKeys(node, streamRules(split), (stream, shape) => (shape === null ? stream.next() : stream.split(shape).key.value));
}

/**
 * Replaces the key of every stream that the filter selects by `splits` keys, or keys of that shape, and returns the old state.
 * The filter sees the key and the count of a stream, and must take both. Port of nnx.split_rngs.
 * @throws ValueError if `squeeze` is asked for and `splits` is not 1.
 */
export function splitRngs(
  node: unknown,
  splits: KeyShape,
  { only = true, squeeze = false }: { readonly only?: Filter; readonly squeeze?: boolean } = {},
): RngBackup {
  if (squeeze && splits !== 1)
    throw new ValueError(`squeeze=True is only supported for splits=1, got splits=${String(splits)}. Leave squeeze out.`);
  return replaceKeys(node, [[toFilter(only), splits]], (stream) => {
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

function replaceKeys(
  node: unknown,
  rules: readonly (readonly [FilterObject, KeyShape | null])[],
  next: (stream: RngStream, shape: KeyShape | null) => Keys,
): RngBackup {
  const backup: { stream: RngStream; key: Keys; count: Counts }[] = [];
  for (const [path, stream] of streamsBelow(node)) {
    const rule = rules.find(([filter]) => filter.test([...path, 'key'], stream.key) && filter.test([...path, 'count'], stream.count));
    if (!rule) continue;
    const before = stream.key.value;
    const replacement = next(stream, rule[1]);
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
  stream.count.value = zeroCounts(key);
}

function shapeOf(keys: Keys): number[] {
  return isKey(keys) ? [] : [keys.length, ...(keys.length > 0 ? shapeOf(keys[0]!) : [])];
}
