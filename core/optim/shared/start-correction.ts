/**
 * 1 - decay^step: what a mean that started at 0 is divided by. In float32, as optax has it: after few steps 1 - 0.999^step has lost
 * digits there, and Flax's parameters move by a part in 10,000 differently.
 */
export function startCorrection(decay: number, step: number): number {
  return Math.fround(1 - Math.fround(Math.fround(decay) ** step));
}
