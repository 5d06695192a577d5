/** @file What a new node starts with: a window over as many axes as what it will be fed has. */
import type { MaybeSpec } from '../../../core/check/index.ts';
import { startArgs, type Args, type ParamSpec, type ParamSpecs } from '../../../core/spec/index.ts';

/** A size along each spatial axis. */
export function isWindow({ kind, unit, start }: ParamSpec): boolean {
  return kind === 'ints' && unit === 'pixels' && Array.isArray(start);
}

/** The axes of a batch of pictures or sequences between batch and features; undefined where `behind` is not known, or neither. */
export function spatialAxes(behind: MaybeSpec): number | undefined {
  return behind && behind.shape.length >= 3 && behind.shape.length <= 5 ? behind.shape.length - 2 : undefined;
}

/** One number is meant for each axis: `maxPool 2` is two by two over a picture, and two over a sequence. */
export function onEachAxis(spec: ParamSpec, size: number, axes: number | undefined): number[] {
  return Array.from({ length: axes ?? (spec.start as readonly number[]).length }, () => size);
}

/** `behind`: what it would be fed. */
export function startWith(params: ParamSpecs, behind: MaybeSpec): Args {
  const start = startArgs(params);
  const axes = spatialAxes(behind);
  const windows = Object.entries(params).filter(([name, spec]) => isWindow(spec) && Array.isArray(start[name]));
  return { ...start, ...Object.fromEntries(windows.map(([name, spec]) => [name, onEachAxis(spec, (start[name] as number[])[0]!, axes)])) };
}
