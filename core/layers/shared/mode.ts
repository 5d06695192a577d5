/** @file Modes: values that come with the call, or stand on the layer. */
import { ValueError } from '../../nnx/errors.ts';

/**
 * The first that is given: the call's, then the layer's.
 * @throws ValueError if neither is.
 */
export function resolveMode<T>(layer: string, name: string, inCall: T | null | undefined, onLayer: T | null | undefined): T {
  const mode = inCall ?? onLayer;
  if (mode !== null && mode !== undefined) return mode;
  throw new ValueError(
    `No \`${name}\` argument was provided to ${layer}. Do one of these: ` +
      `(1) pass it to the constructor, new ${layer}({ …, ${name}: true }); (2) pass it to the call, layer.call(x, { ${name}: true }); ` +
      `(3) make a view with it, view(model, { ${name}: true }).`,
  );
}
