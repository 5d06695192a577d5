/** @file Which modes the canvas shows of a Module, what a click on one sets, and of Modules that have none those within. */
import type { Path } from '../../../core/document/index.ts';
import { isModeName, type ModuleInfo } from '../../../core/run/index.ts';
import { memoByIdentity } from '../derived/memo.ts';
import { pathKey } from '../paths.ts';
import { modulesByPath } from './lookup.ts';

export type TrainOrEval = 'train' | 'eval';

export interface Mode {
  /** The attribute; empty for what is said of all Modules within. */
  readonly name: string;
  /** `train`, `eval`, or the value. */
  readonly word: string;
  readonly value: string;
  readonly tone: TrainOrEval | 'plain';
  /** What it is switched to; null where it is neither on nor off. */
  readonly next: boolean | null;
}

const NONE: readonly Mode[] = [];

/** The modes of a Module itself. */
export const modesOf = memoByIdentity((module: ModuleInfo): readonly Mode[] => {
  const modes = module.attributes.filter(({ mode }) => mode);
  return modes.length === 0 ? NONE : modes.map(({ name, value }) => modeOf(name, value));
});

function modeOf(name: string, value: unknown): Mode {
  const text = value === null ? 'none' : String(value);
  const next = typeof value === 'boolean' ? !value : null;
  if (!isModeName(name) || next === null) return { name, word: `${name} ${text}`, value: text, tone: 'plain', next };
  const tone = next ? 'train' : 'eval';
  return { name, word: tone, value: text, tone, next };
}

/** Modules below a path that train or evaluate. */
export interface Within {
  /** Each by the path under which it lies below the one that was asked for. */
  readonly paths: readonly Path[];
  /** The attributes that they do it by. */
  readonly names: readonly string[];
  /** How many of these attributes are on, of how many. */
  readonly on: number;
  readonly total: number;
}

const withinByPath = memoByIdentity((modules: readonly ModuleInfo[]): ReadonlyMap<string, Within> => {
  const index = new Map<string, { paths: Path[]; names: string[]; on: number; total: number }>();
  for (const module of modules) {
    const values = module.attributes.filter(({ name, value, mode }) => mode && isModeName(name) && typeof value === 'boolean');
    if (values.length === 0) continue;
    for (const path of [module.path, ...module.alsoAt])
      for (let depth = 0; depth <= path.length; depth++) {
        const key = pathKey(path.slice(0, depth));
        let entry = index.get(key);
        if (!entry) index.set(key, (entry = { paths: [], names: [], on: 0, total: 0 }));
        entry.paths.push(path);
        for (const { name, value } of values) {
          if (!entry.names.includes(name)) entry.names.push(name);
          entry.total++;
          if (value === true) entry.on++;
        }
      }
  }
  return index;
});

/** The Module at a path and those below it; undefined where none trains or evaluates. */
export function modesWithin(modules: readonly ModuleInfo[], path: Path): Within | undefined {
  return withinByPath(modules).get(pathKey(path));
}

const shownByPath = memoByIdentity((_modules: readonly ModuleInfo[]) => new Map<string, readonly Mode[]>());

/** The badges of the Module at a path: its own modes or, where it has none, that those within it are not in the mode of the model. */
export function modesShown(modules: readonly ModuleInfo[], path: Path, mode: TrainOrEval): readonly Mode[] {
  const key = `${mode} ${pathKey(path)}`;
  const known = shownByPath(modules);
  let shown = known.get(key);
  if (!shown) known.set(key, (shown = interned(makeShown(modules, path, mode))));
  return shown;
}

/** Equal badges are one object, so that a node whose badges stay is not drawn again. */
const SEEN = new Map<string, readonly Mode[]>();

function interned(modes: readonly Mode[]): readonly Mode[] {
  const text = JSON.stringify(modes);
  const known = SEEN.get(text);
  if (known) return known;
  SEEN.set(text, modes);
  return modes;
}

function makeShown(modules: readonly ModuleInfo[], path: Path, mode: TrainOrEval): readonly Mode[] {
  const module = modulesByPath(modules).get(pathKey(path));
  const own = module ? modesOf(module) : NONE;
  const apart = own.length > 0 ? undefined : apartWithin(modules, path, mode);
  if (!apart) return own;
  const { on, total } = apart;
  const value = `${on} of ${total} in eval`;
  // A click puts them where the model is.
  const next = mode === 'eval';
  return on === 0 || on === total
    ? [{ name: '', word: next ? 'train' : 'eval', value, tone: next ? 'train' : 'eval', next }]
    : [{ name: '', word: 'partly eval', value, tone: 'plain', next }];
}

/** What lies below a path, where any of it is in another mode than the model. */
function apartWithin(modules: readonly ModuleInfo[], path: Path, mode: TrainOrEval): Within | undefined {
  const within = modesWithin(modules, path);
  return within && within.on !== (mode === 'eval' ? within.total : 0) ? within : undefined;
}

/** The members of an instance that show badges, by their attribute names. */
export function modedMembers(modules: readonly ModuleInfo[], instance: Path, mode: TrainOrEval): ReadonlySet<string> {
  const names = new Set<string>();
  const isDirect = (path: Path): boolean => path.length === instance.length + 1 && instance.every((part, i) => path[i] === part);
  for (const module of modules) {
    for (const path of [module.path, ...module.alsoAt]) {
      if (isDirect(path) && (modesOf(module).length > 0 || apartWithin(modules, path, mode))) names.add(String(path.at(-1)));
      // A list of Modules is none itself.
      const list = typeof path.at(-1) === 'number' ? path.slice(0, -1) : undefined;
      if (list && isDirect(list) && apartWithin(modules, list, mode)) names.add(String(list.at(-1)));
    }
  }
  return names;
}
