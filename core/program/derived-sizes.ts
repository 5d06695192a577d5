/**
 * @file Sizes that follow from fields. A layer whose sizes are inferred from what comes in has numbers; where these change with a field of its
 * class, code that is to be used with another value of the field needs an expression. It is found by trying: the model is inferred with other
 * values of the root's fields, and of the class's own.
 */
import type { Check } from '../check/answers.ts';
import { checkDocument } from '../check/check-document.ts';
import { inferInstance } from '../check/infer.ts';
import type { Instance, Scope } from '../check/instance.ts';
import { uniqueInstances, type PlacedInstance } from '../check/tree.ts';
import type { ClassId, MemberId, ModelDocument, Path } from '../document/schema.ts';

export interface DerivedSize {
  readonly member: MemberId;
  readonly param: string;
  /** An expression over the fields of the class; undefined where it follows from the root's fields, but not from any of the class's own. */
  readonly expression: string | undefined;
}

interface Sample {
  readonly scope: Scope;
  readonly value: number;
}

const remembered = new WeakMap<Check, ReadonlyMap<ClassId, readonly DerivedSize[]>>();
/** Other values that are tried: a size that grows evenly over these is taken to do so. Multiples fit where something is cut into parts. */
const othersOf = (value: number): ReadonlySet<number> =>
  new Set([value + 1, value + 2, 2 * value, 3 * value].filter((each) => each !== value));

/** By class; classes without such sizes are missing. */
export function deriveSizes(document: ModelDocument): ReadonlyMap<ClassId, readonly DerivedSize[]> {
  const check = checkDocument(document);
  let known = remembered.get(check);
  if (!known) remembered.set(check, (known = find(document, check)));
  return known;
}

function find(document: ModelDocument, check: Check): ReadonlyMap<ClassId, readonly DerivedSize[]> {
  const found = new Map<ClassId, readonly DerivedSize[]>();
  const { root } = check;
  const isInferred = ({ instance }: PlacedInstance) => [...instance.members.values()].some(({ inferred }) => inferred.length > 0);
  if (!root || !uniqueInstances(root).some(isInferred)) return found;
  const others = variations(root.scope).map((scope) => inferInstance(document, root.class, { scope, inputs: root.inputs }));
  const seen = new Set<ClassId>();
  const visit = (instance: Instance, path: Path): void => {
    if (seen.has(instance.class.id)) return;
    seen.add(instance.class.id);
    const sizes = sizesOf(
      document,
      instance,
      others.map((other) => at(other, path)),
    );
    if (sizes.length > 0) found.set(instance.class.id, sizes);
    for (const member of instance.class.members) {
      const [element] = instance.members.get(member.id)?.elements ?? [];
      if (element) visit(element, [...path, member.id]);
    }
  };
  visit(root, []);
  return found;
}

/** The same instance in another inference: the first element of each list on the way. */
function at(root: Instance, path: Path): Instance | undefined {
  return path.reduce<Instance | undefined>((instance, id) => instance?.members.get(String(id))?.elements[0], root);
}

/** The scope with one whole number changed at a time. */
function variations(scope: Scope): readonly Scope[] {
  return Object.entries(scope).flatMap(([name, { type, value }]) =>
    type === 'int' ? [...othersOf(Number(value))].map((other) => ({ ...scope, [name]: { type, value: other } })) : [],
  );
}

function sizesOf(document: ModelDocument, instance: Instance, others: readonly (Instance | undefined)[]): readonly DerivedSize[] {
  const open = [...instance.members].filter(([, { inferred }]) => inferred.length > 0);
  if (open.length === 0) return [];
  let own: readonly Instance[] | undefined;
  return open.flatMap(([member, { inferred, args }]) =>
    inferred.flatMap((param): DerivedSize[] => {
      const value = args[param];
      if (typeof value !== 'number') return [];
      const start: Sample = { scope: instance.scope, value };
      const samples = [start, ...samplesOf(others, member, param)];
      if (isFixed(samples)) {
        // Nothing in the model changes it: the class's own fields may.
        own ??= variations(instance.scope).map((scope) => inferInstance(document, instance.class, { scope, inputs: instance.inputs }));
        const tried = [start, ...samplesOf(own, member, param)];
        const expression = isFixed(tried) ? undefined : fit(tried);
        return expression === undefined ? [] : [{ member, param, expression }];
      }
      return [{ member, param, expression: fit(samples) }];
    }),
  );
}

function samplesOf(instances: readonly (Instance | undefined)[], member: MemberId, param: string): readonly Sample[] {
  return instances.flatMap((instance) => {
    const value = instance?.members.get(member)?.args[param];
    return instance && typeof value === 'number' ? [{ scope: instance.scope, value }] : [];
  });
}

function isFixed(samples: readonly Sample[]): boolean {
  return samples.every(({ value }) => value === samples[0]!.value);
}

/** An expression over the fields that explains all samples; undefined where none of the forms that are tried does. */
function fit(samples: readonly Sample[]): string | undefined {
  const names = Object.keys(samples[0]!.scope).filter((name) => samples[0]!.scope[name]?.type === 'int');
  const pointsOf = (name: string): readonly Point[] => samples.map(({ scope, value }) => [Number(scope[name]?.value), value]);
  for (const name of names) {
    const found = fitLine(name, pointsOf(name)) ?? fitQuotient(name, pointsOf(name));
    if (found !== undefined) return found;
  }
  return fitProduct(names, samples);
}

type Point = readonly [field: number, value: number];

/** `a * field + b`. */
function fitLine(name: string, points: readonly Point[]): string | undefined {
  const [x0, y0] = points[0]!;
  const other = points.find(([x]) => x !== x0);
  if (!other) return undefined;
  const slope = (other[1] - y0) / (other[0] - x0);
  const offset = y0 - slope * x0;
  if (!Number.isInteger(slope) || slope === 0 || !points.every(([x, y]) => y === slope * x + offset)) return undefined;
  const product = slope === 1 ? name : `${slope} * ${name}`;
  return offset === 0 ? product : `${product} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
}

const MOST_PARTS = 16;

/** `field // a`, as where something is cut into equal parts: of the values that can be cut, at least three. */
function fitQuotient(name: string, points: readonly Point[]): string | undefined {
  const different = new Set(points.map(([, y]) => y)).size;
  if (points.length < 3 || different < 2) return undefined;
  for (let parts = 2; parts <= MOST_PARTS; parts++) if (points.every(([x, y]) => y === Math.floor(x / parts))) return `${name} // ${parts}`;
  return undefined;
}

/** `a * field * other`, as behind a flattened picture: the value grows in step with each field that changes it. */
function fitProduct(names: readonly string[], samples: readonly Sample[]): string | undefined {
  const { scope, value } = samples[0]!;
  const first = (name: string) => Number(scope[name]?.value);
  const factors = names.filter((name) =>
    samples.some((sample) => sample.value !== value && Number(sample.scope[name]?.value) !== first(name)),
  );
  const product = (of: Scope) => factors.reduce((so, name) => so * Number(of[name]?.value), 1);
  const factor = value / product(scope);
  if (factors.length < 2 || !Number.isInteger(factor) || factor === 0) return undefined;
  if (!samples.every((sample) => sample.value === factor * product(sample.scope))) return undefined;
  return [...(factor === 1 ? [] : [String(factor)]), ...factors].join(' * ');
}
