/**
 * @file Compares what Flax gave now with what was recorded: names, shapes, types, texts and whole numbers exactly,
 * float32 tensors within a tolerance, for another processor adds in another order.
 */

/** Of the largest number of a tensor; `atol` is added to it. @typedef {{ rtol: number, atol?: number }} Tolerance */

/**
 * What is left where terms near 1, of which the cases are made, take each other away: XLA begins 1/sqrt, and with it every normalization and
 * RMSProp, from an estimate of the processor, and processors of different makers estimate differently.
 */
const RESIDUE = 3e-7;
/** @type {Tolerance} */
const RECORDED = { rtol: 1e-6 };
/** Trainings: Adam turns the rounding noise in the gradient of a bias before BatchNorm into steps (record_models.py). */
const TRAINING = /^Digits\.\w+\.(adam|sgd|epochs)$/;
const OF_TRAINING = { rtol: 5e-2 };
/** That bias, by its place among the Params: all of it is noise, on each side five steps of at most the rate of 1e-3. */
const STEPS_OF_NOISE = /^Digits\.\w+\.adam\/state\/4\/value$/;
const OF_STEPS_OF_NOISE = { rtol: 0, atol: 1e-2 };
/** Attention does not depend on the bias of its keys, the first of its Params: what is recorded as its gradient is rounding noise of terms near 1. */
const NOISE = /^MultiHeadAttention\.\d+\/grad_params\/0\/value$/;
const OF_NOISE = { rtol: 1e-6, atol: 1e-6 };

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of numbers of which some are not whole: the numbers of a tensor. @param {unknown[]} values */
const isFloats = (values) => values.every((value) => typeof value === 'number') && values.some((value) => !Number.isInteger(value));

/**
 * Every so manyth number of a long tensor, and its last one.
 * @param {Record<string, unknown>} value @returns {value is { values: unknown[], last: unknown }}
 */
const isSample = (value) => Array.isArray(value['values']) && typeof value['last'] === 'number';

/** Numbers that JSON cannot say are texts. @param {unknown[]} now @param {unknown[]} old @param {string} place @param {Tolerance} tolerance */
function compareNumbers(now, old, place, { rtol, atol = 0 }) {
  const magnitude = Math.max(0, ...old.map((value) => Math.abs(Number(value))).filter(Number.isFinite));
  for (const [i, expected] of old.entries()) {
    const got = now[i];
    const isSame = got === expected || Object.is(Number(got), Number(expected));
    const isClose = Math.abs(Number(got) - Number(expected)) <= atol + rtol * magnitude;
    if (!isSame && !isClose) return [`${place}[${i}]: expected ${expected}, got ${got} (largest of the tensor: ${magnitude})`];
  }
  return [];
}

/** @param {Record<string, unknown>} now @param {Record<string, unknown>} old @param {string} place @param {Tolerance} tolerance */
function compareTensors(now, old, place, tolerance) {
  const [a, b] = [/** @type {unknown[]} */ (now['data']), /** @type {unknown[]} */ (old['data'])];
  if (String(now['shape']) !== String(old['shape']) || a.length !== b.length)
    return [`${place}: expected shape [${old['shape']}], got [${now['shape']}]`];
  return compareNumbers(a, b, place, old['dtype'] === 'float32' ? { atol: RESIDUE, ...tolerance } : { rtol: 0 });
}

/** Files in a recording, as base64 of safetensors. */
const FILE = /^\w+\/(optimizer|model)$/;

/** Names, types, shapes and places exactly, the numbers within the tolerance. @param {string} now @param {string} old @param {string} place @param {Tolerance} tolerance */
function compareFiles(now, old, place, tolerance) {
  const [a, b] = [now, old].map((text) => Buffer.from(text, 'base64'));
  const start = 8 + Number(b.readBigUInt64LE());
  if (a.length !== b.length || !a.subarray(0, start).equals(b.subarray(0, start))) return [`${place}: the names, types or shapes differ`];
  /** @type {Record<string, { dtype: string, data_offsets: [number, number] }>} */
  const { __metadata__: _, ...tensors } = JSON.parse(b.toString('utf8', 8, start));
  return Object.entries(tensors).flatMap(
    ([
      name,
      {
        dtype,
        data_offsets: [from, to],
      },
    ]) => {
      const [x, y] = [a, b].map((bytes) => bytes.subarray(start + from, start + to));
      if (dtype !== 'F32') return x.equals(y) ? [] : [`${place}/${name}: the bytes differ`];
      const [got, expected] = [x, y].map((bytes) => Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i)));
      return compareNumbers(got, expected, `${place}/${name}`, { atol: RESIDUE, ...tolerance });
    },
  );
}

/**
 * What differs, one line for each place.
 * @param {unknown} now @param {unknown} old @param {string} place @param {Tolerance} [tolerance] @returns {string[]}
 */
export function differences(now, old, place, tolerance = TRAINING.test(place) ? OF_TRAINING : RECORDED) {
  if (Array.isArray(now) && Array.isArray(old)) {
    if (now.length !== old.length) return [`${place}: expected ${old.length} entries, got ${now.length}`];
    if (isFloats(old)) return compareNumbers(now, old, place, tolerance);
    return now.flatMap((item, i) => differences(item, old[i], `${place}/${i}`, tolerance));
  }
  if (isObject(now) && isObject(old)) {
    if ('data' in old && 'shape' in old && 'data' in now) {
      const kind = now['dtype'] === old['dtype'] ? [] : [`${place}: expected ${old['dtype']}, got ${now['dtype']}`];
      const own = NOISE.test(place) ? OF_NOISE : STEPS_OF_NOISE.test(place) ? OF_STEPS_OF_NOISE : tolerance;
      return [...kind, ...compareTensors(now, old, place, own)];
    }
    if (isSample(old) && isSample(now) && isFloats(old.values) && now.values.length === old.values.length) {
      const [{ last: nowLast, values: nowValues, ...nowRest }, { last, values, ...rest }] = [now, old];
      return [
        ...differences(nowRest, rest, place, tolerance),
        ...compareNumbers([...nowValues, nowLast], [...values, last], `${place}/values`, tolerance),
      ];
    }
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return names.flatMap((name) => {
      if (!(name in now)) return [`${place}/${name}: is missing`];
      if (!(name in old)) return [`${place}/${name}: was not recorded before`];
      return differences(now[name], old[name], `${place}/${name}`, tolerance);
    });
  }
  if (typeof now === 'string' && typeof old === 'string' && FILE.test(place)) return compareFiles(now, old, place, tolerance);
  const isCount = Number.isInteger(old) && tolerance === RECORDED;
  if (
    typeof now === 'number' &&
    typeof old === 'number' &&
    !isCount &&
    Math.abs(now - old) <= (tolerance.atol ?? 0) + tolerance.rtol * Math.abs(old)
  )
    return [];
  return Object.is(now, old) ? [] : [`${place}: expected ${JSON.stringify(old)}, got ${JSON.stringify(now)}`];
}
