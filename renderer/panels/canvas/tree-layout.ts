/**
 * @file Places the module tree on a plane: one column per depth, leaves one below the other, every parent level with
 * the middle of its children. Linear in the number of boxes.
 */
import type { ModuleInfo } from '../../../core/run/index.ts';
import type { Path } from '../../../core/document/index.ts';
import { pathKey } from '../../state/paths.ts';

/** A box of the structure lens: a Module, or several alike that are folded into one. */
export interface TreeBox {
  /** `pathKey` of the Module, or of the first of a fold. */
  readonly key: string;
  readonly module: ModuleInfo;
  readonly parent: string | null;
  /** How many siblings this box stands for; 1 unless it is a fold. */
  readonly repeats: number;
  /** All Modules that it stands for: those of a fold, and those at its place in every Module of a fold above it. */
  readonly alike: readonly ModuleInfo[];
  readonly children: readonly string[];
}

export interface PlacedBox extends TreeBox {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Fewer alike siblings than this are drawn one by one. */
const FOLD_FROM = 4;

const parentOf = (path: Path): Path => path.slice(0, -1);

/** Two Modules that differ in nothing but their place: the same type, size, modes and shape of subtree. */
function likeness(module: ModuleInfo, children: ReadonlyMap<string, readonly ModuleInfo[]>): string {
  const below = (children.get(pathKey(module.path)) ?? []).map((child) => likeness(child, children));
  return JSON.stringify([module.type, module.paramCount, module.attributes, below]);
}

/** The tree behind `iterModules`: a Module belongs to the nearest Module above it, which plain containers may separate. */
function childrenByParent(modules: readonly ModuleInfo[]): Map<string, ModuleInfo[]> {
  const known = new Set(modules.map((module) => pathKey(module.path)));
  const children = new Map<string, ModuleInfo[]>();
  for (const module of modules) {
    if (module.path.length === 0) continue;
    let above = parentOf(module.path);
    while (above.length > 0 && !known.has(pathKey(above))) above = parentOf(above);
    const key = pathKey(above);
    const siblings = children.get(key);
    if (siblings) siblings.push(module);
    else children.set(key, [module]);
  }
  return children;
}

/** Boxes in drawing order, the root first. Runs of alike siblings become one box unless their parent is in `unfolded`. */
export function foldTree(modules: readonly ModuleInfo[], unfolded: ReadonlySet<string>): TreeBox[] {
  const root = modules.at(-1);
  if (!root) return [];
  const children = childrenByParent(modules);
  const boxes: TreeBox[] = [];
  const visit = (alike: readonly ModuleInfo[], parent: string | null, repeats: number): void => {
    const [module] = alike;
    if (!module) return;
    const key = pathKey(module.path);
    const drawn: { readonly alike: readonly ModuleInfo[]; readonly repeats: number }[] = [];
    const below = children.get(key) ?? [];
    const belowEach = alike.map((each) => children.get(pathKey(each.path)) ?? []);
    const draw = (from: number, to: number): void => {
      drawn.push({ alike: belowEach.flatMap((each) => each.slice(from, to)), repeats: to - from });
    };
    for (let index = 0; index < below.length;) {
      const first = below[index]!;
      const look = likeness(first, children);
      let end = index + 1;
      while (end < below.length && likeness(below[end]!, children) === look) end++;
      const count = end - index;
      if (count >= FOLD_FROM && typeof first.path.at(-1) === 'number' && !unfolded.has(key)) draw(index, end);
      else for (let one = index; one < end; one++) draw(one, one + 1);
      index = end;
    }
    boxes.push({ key, module, parent, repeats, alike, children: drawn.map((child) => pathKey(child.alike[0]!.path)) });
    for (const child of drawn) visit(child.alike, key, child.repeats);
  };
  visit([root], null, 1);
  return boxes;
}

export interface TreeMetrics {
  readonly columnWidth: number;
  readonly gap: number;
  readonly heightOf: (box: TreeBox) => number;
}

/** Positions of the boxes' top left corners. */
export function layOutTree(boxes: readonly TreeBox[], { columnWidth, gap, heightOf }: TreeMetrics): PlacedBox[] {
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const middles = new Map<string, number>();
  const placed = new Map<string, PlacedBox>();
  let nextTop = 0;
  const place = (box: TreeBox, depth: number): void => {
    const height = heightOf(box);
    for (const child of box.children) place(byKey.get(child)!, depth + 1);
    const first = middles.get(box.children[0] ?? '');
    const last = middles.get(box.children.at(-1) ?? '');
    const isLeaf = first === undefined || last === undefined;
    const middle = isLeaf ? nextTop + height / 2 : (first + last) / 2;
    // A parent taller than its children pushes what comes below further down.
    nextTop = Math.max(nextTop, middle + height / 2 + (isLeaf ? gap : 0));
    middles.set(box.key, middle);
    placed.set(box.key, { ...box, x: depth * columnWidth, y: middle - height / 2, height });
  };
  if (boxes[0]) place(boxes[0], 0);
  return boxes.map((box) => placed.get(box.key)!);
}
