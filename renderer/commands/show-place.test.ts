import { expect, it } from 'vitest';
import { addAlias, addCall, addMember, newDocument, removeNodes } from '../../core/document/index.ts';
import { createMemoryPlatform } from '../platform/memory.ts';
import { createServices } from '../state/create-services.ts';
import { showPlace } from './show-place.ts';

it('a problem of a member that is called through an alias alone selects that call', () => {
  const at = { x: 0, y: 0 };
  const added = addMember(newDocument(), 'c1', { type: 'Linear', at });
  const alias = addAlias(added.document, 'c1', added.member, 'tied');
  const called = addCall(alias.document, 'c1', alias.member, at);
  // The member's own call goes; the alias keeps the member.
  const document = removeNodes(called.document, 'c1', [added.node]);
  const connect = () => {
    throw new Error('Nothing runs here.');
  };
  const services = createServices({ platform: createMemoryPlatform({}), connect, document });
  showPlace(services, { class: 'c1', member: added.member });
  expect(services.session.getState().selection.nodes).toEqual([called.node]);
});
