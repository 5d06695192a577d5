/** @file Every layer type and op type. Written by `npm run registry` from the names of files; never edited by hand. */
import type { Descriptor, LayerDescriptor, OpDescriptor } from './spec/define.ts';

const layers = {
} as const satisfies Readonly<Record<string, LayerDescriptor>>;

const ops = {
} as const satisfies Readonly<Record<string, OpDescriptor>>;

/** Descriptors by type, layers first. */
export const registry = { ...layers, ...ops } as const;

export type LayerType = keyof typeof layers;
export type OpType = keyof typeof ops;

/** The descriptor of a type, or undefined where the type is not known. */
export function findDescriptor(type: string): Descriptor | undefined {
  return Object.hasOwn(registry, type) ? registry[type as LayerType | OpType] : undefined;
}
