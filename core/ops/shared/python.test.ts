import { expect, it } from 'vitest';
import { isName, operand, pythonCall } from './python.ts';

it('puts into parentheses only what an operator beside it would tear apart', () => {
  for (const atom of ['x', 'self.linear', 'nnx.relu(a + b)', 'x[0, :]', '(a + b)', '0.5', 'x.reshape((-1, 2))'])
    expect(operand(atom)).toBe(atom);
  for (const open of ['a + b', '-x', 'a @ b', 'f(x) * 2', 'a > b', 'lambda x: x']) expect(operand(open)).toBe(`(${open})`);
});

it('knows a name, which may be written twice, from what would be computed twice', () => {
  expect(['x', 'h_2', '_y'].every(isName)).toBe(true);
  expect(['x.y', 'f(x)', 'a + b', '2'].some(isName)).toBe(false);
});

it('leaves out empty arguments', () => {
  expect(pythonCall('jnp.sum', 'x', '')).toBe('jnp.sum(x)');
  expect(pythonCall('jnp.sum', 'x', 'axis=1')).toBe('jnp.sum(x, axis=1)');
});
