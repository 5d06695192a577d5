/** @file Changes values on their way through a model, as interventions say. */
import type { WirePlace } from '../build/observe.ts';
import type { Path } from '../document/schema.ts';
import { fail, type RunProblem } from '../spec/run-error.ts';
import { tf } from '../tensor/tf.ts';
import type { Intervention } from './interventions.ts';
import { placeKey } from './place.ts';
import type { RequestId, ValueKey } from './ids.ts';

/** Reads a tensor of another run, which stays its own. @throws RunError where there is none. */
export type ReadKept = (run: RequestId, key: ValueKey) => tf.Tensor;

/** The interventions of one run. Values stay within the tape: gradients go back through what was done to them. */
export class Intervening {
  readonly #byPort = new Map<string, Intervention[]>();
  readonly #met = new Set<Intervention>();
  readonly #canonical: (path: Path) => Path;
  readonly #readKept: ReadKept;

  /** `canonical` gives the path of an instance by which interventions and values name it. */
  constructor(interventions: readonly Intervention[], canonical: (path: Path) => Path, readKept: ReadKept) {
    this.#canonical = canonical;
    this.#readKept = readKept;
    for (const each of interventions) {
      const key = placeKey({ ...each, kind: 'wire', call: 0 });
      const known = this.#byPort.get(key);
      if (known) known.push(each);
      else this.#byPort.set(key, [each]);
    }
  }

  /** The changed value, which the surrounding tidy frees; null where nothing is to be changed. @throws RunError at the place. */
  readonly change = (place: WirePlace, value: tf.Tensor): tf.Tensor | null => {
    const instance = this.#canonical(place.instance);
    const found = this.#byPort.get(placeKey({ kind: 'wire', ...place, instance, call: 0 }));
    if (!found) return null;
    const key = placeKey({ kind: 'wire', ...place, instance });
    return found.reduce((now, intervention) => {
      this.#met.add(intervention);
      return this.#apply(intervention, now, key);
    }, value);
  };

  #apply(intervention: Intervention, value: tf.Tensor, key: ValueKey): tf.Tensor {
    const { instance: path, node } = intervention;
    if (value.dtype !== 'float32' && intervention.kind !== 'zero' && intervention.kind !== 'replace')
      fail('intervene/dtype', `Expected a value of float32 to change, got ${value.dtype}.`, 'Change a value behind it.', { path, node });
    switch (intervention.kind) {
      case 'zero':
        return tf.zerosLike(value);
      case 'scale':
        return tf.mul(value, intervention.by);
      case 'clamp':
        return tf.clipByValue(value, intervention.min, intervention.max);
      case 'noise':
        return tf.add(value, tf.randomNormal(value.shape as [number], 0, intervention.std, 'float32', intervention.seed));
      case 'replace': {
        const other = this.#readKept(intervention.run, key);
        if (other.shape.join() !== value.shape.join() || other.dtype !== value.dtype)
          fail(
            'intervene/shape',
            `Expected a value of ${value.dtype} (${value.shape.join(', ')}), got ${other.dtype} (${other.shape.join(', ')}) from the other run.`,
            'Run the same rows in both, or take the change away.',
            { path, node },
          );
        return tf.clone(other);
      }
    }
  }

  /** Interventions at places that the run did not come by. */
  unmet(): readonly RunProblem[] {
    const all = [...this.#byPort.values()].flat();
    return all
      .filter((each) => !this.#met.has(each))
      .map(({ instance: path, node }) => ({
        code: 'intervene/not-reached',
        message: 'A value that was to be changed is not computed in this run, so nothing was changed there.',
        hint: 'Take the change away, or wire the node to an output.',
        path,
        node,
      }));
  }
}
