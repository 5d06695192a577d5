import { expect, it } from 'vitest';
import { newDocument } from '../new-document.ts';
import { addClass } from './classes.ts';
import { addMember } from './members.ts';
import { addOp } from './nodes.ts';
import { connect } from './wires.ts';

const at = { x: 0, y: 0 };

it('names the nodes of a cycle that a wire would close', () => {
  const linear = addMember(newDocument(), 'c1', { type: 'Linear', at });
  const relu = addOp(linear.document, 'c1', { op: 'relu', at });
  const wired = connect(relu.document, 'c1', { node: linear.node, port: 'y' }, { node: relu.node, port: 'x' });
  expect(() => connect(wired, 'c1', { node: relu.node, port: 'y' }, { node: linear.node, port: 'x' })).toThrow(
    'a cycle, linear → relu → linear.',
  );
});

it('names the classes through which one would contain itself', () => {
  const block = addClass(newDocument(), { name: 'Block' });
  const inner = addClass(block.document, { name: 'Inner' });
  const one = addMember(inner.document, block.class, { type: `class:${inner.class}`, at }).document;
  expect(() => addMember(one, inner.class, { type: `class:${block.class}`, at })).toThrow('Inner → Block → Inner');
  expect(() => addMember(one, block.class, { type: `class:${block.class}`, at })).toThrow('Block → Block');
});
