/**
 * @file What a node does with the layer of its member: it calls it, calls another method of it, or reads one of its Params. Each is a descriptor
 * of its own, from which ports, shapes, cost and steps follow as from that of a type.
 */
import { own } from '../document/find.ts';
import type { Member, MemberUse, ModelClass } from '../document/schema.ts';
import { findDescriptor } from '../registry.gen.ts';
import { validateArgs } from '../spec/args.ts';
import { port, reject, type Args, type LayerDescriptor, type Rejection } from '../spec/index.ts';
import { ownParams } from './own-params.ts';
import { defaultScope, evaluateArgs } from './scope.ts';

const uses = new WeakMap<LayerDescriptor, Map<string, LayerDescriptor>>();

/** The descriptor of a use, one object for each; undefined for a method that the type does not have. */
export function usedLayer(descriptor: LayerDescriptor, { method, variable }: MemberUse): LayerDescriptor | undefined {
  if (method === undefined && variable === undefined) return descriptor;
  let known = uses.get(descriptor);
  if (!known) uses.set(descriptor, (known = new Map()));
  const key = variable === undefined ? `${method}()` : variable;
  let used = known.get(key);
  if (!used) {
    used = variable === undefined ? callOf(descriptor, method!) : readOf(descriptor, variable);
    if (used) known.set(key, used);
  }
  return used;
}

function callOf(descriptor: LayerDescriptor, name: string): LayerDescriptor | undefined {
  const method = own(descriptor.methods ?? {}, name);
  if (!method) return undefined;
  const { cost, ...rest } = method;
  return { ...bare(descriptor), ...rest, ...(cost ? { cost } : {}) };
}

function readOf(descriptor: LayerDescriptor, name: string): LayerDescriptor {
  return {
    ...bare(descriptor),
    doc: `The ${name} of the member, as a value.`,
    inputs: {},
    outputs: { value: port() },
    infer: (_, args) => {
      const params = ownParams(descriptor, args);
      return { value: own(params, name) ?? reject(noParam(descriptor.type, name, Object.keys(params))) };
    },
  };
}

/** What says how the type itself is called is left out. */
function bare({ call: _call, cost: _cost, methods: _methods, onnx: _onnx, emit, ...rest }: LayerDescriptor): LayerDescriptor {
  return { ...rest, emit: { flax: { construct: emit.flax.construct } } };
}

/** What can be used of a member besides calling it: names of methods and of Params. */
export interface MemberUses {
  readonly methods: readonly string[];
  readonly params: readonly string[];
}

const NO_USES: MemberUses = { methods: [], params: [] };

/** What a member of a layer type offers. Lengths that are not known yet are taken from an example of the type: only names count. */
export function usesOf(modelClass: Pick<ModelClass, 'fields'>, { type, args, repeat }: Member): MemberUses {
  const descriptor = findDescriptor(type);
  if (descriptor?.kind !== 'layer' || repeat !== undefined) return NO_USES;
  const { params, examples, methods = {} } = descriptor;
  const given = evaluateArgs(args, params, defaultScope(modelClass.fields), modelClass.fields).args;
  const example = examples[0]?.args ?? {};
  const names = [{ ...example, ...given }, example].map((each) =>
    Object.keys(ownParams(descriptor, validateArgs(params, each as Args).args)),
  );
  return { methods: Object.keys(methods), params: names.find((each) => each.length > 0) ?? [] };
}

function noParam(type: string, name: string, names: readonly string[]): Rejection {
  const expected = names.length === 0 ? `a layer with Params of its own` : `a Param of ${type} among ${names.join(', ')}`;
  return { code: 'variable/unknown', expected, got: `"${name}"`, fix: 'Choose another in the inspector.' };
}

/** The report for a use that a type does not offer. */
export function noSuchUse(type: string, { method, variable }: MemberUse, methods: readonly string[]): Rejection {
  if (variable !== undefined) {
    const expected = 'a layer whose Params can be read';
    return { code: 'variable/unknown', expected, got: `"${variable}" of ${type}`, fix: 'Read it inside the class, and return it.' };
  }
  const expected = methods.length === 0 ? `${type} to be called itself` : `a method of ${type} among call, ${methods.join(', ')}`;
  return { code: 'method/unknown', expected, got: `"${method}"`, fix: 'Choose another in the inspector.' };
}
