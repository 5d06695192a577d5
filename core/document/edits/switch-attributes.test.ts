import { describe, expect, it } from 'vitest';
import { newDocument } from '../new-document.ts';
import type { ModelDocument } from '../schema.ts';
import { addMember } from './members.ts';
import { setParam } from './params.ts';
import { setAttributesWhere, setMode } from './settings.ts';
import { switchAttributes } from './switch-attributes.ts';

const at = { x: 0, y: 0 };
const made = addMember(addMember(newDocument(), 'c1', { type: 'Dropout', at }).document, 'c1', { type: 'BatchNorm', at }).document;
const [drop, norm] = [['m1'], ['m2']] as const;
const on = (document: ModelDocument, ...refs: readonly (readonly string[])[]) => switchAttributes(document, refs, { deterministic: true });
const off = (document: ModelDocument, ...refs: readonly (readonly string[])[]) =>
  switchAttributes(document, refs, { deterministic: false });

describe('an attribute that is switched to and fro', () => {
  it('leaves the settings as they were', () => {
    const switched = on(made, drop);
    expect(switched.settings).toEqual([
      { id: 's1', kind: 'set', only: { kind: 'modules', at: [drop] }, attributes: { deterministic: true } },
    ]);
    expect(off(switched, drop).settings).toEqual([]);
    const evaluated = setMode(made, 'eval');
    expect(on(off(evaluated, drop), drop).settings).toEqual(evaluated.settings);
  });

  it('gathers Modules in one call, and lets each leave it alone', () => {
    const both = on(on(made, drop), norm);
    expect(both.settings).toHaveLength(1);
    expect(off(both, drop).settings).toMatchObject([{ only: { at: [norm] } }]);
  });

  it('goes behind a call of eval that came later, which it does not touch', () => {
    const evaluated = setMode(on(made, drop), 'eval');
    const trained = off(evaluated, drop);
    expect(trained.settings.map(({ kind }) => kind)).toEqual(['set', 'eval', 'set']);
  });

  it('is said again where a filter may have set it, or the constructor was given it', () => {
    const filtered = setAttributesWhere(made, { kind: 'type', type: 'Dropout' }, { deterministic: true });
    expect(off(filtered, drop).settings).toHaveLength(2);
    const given = setParam(made, 'c1', { member: 'm1' }, 'deterministic', true);
    expect(off(given, drop).settings).toHaveLength(1);
    expect(on(off(given, drop), drop).settings).toEqual([]);
  });

  it('keeps what else a call sets', () => {
    const rated = setAttributesWhere(made, { kind: 'modules', at: [drop] }, { rate: 0.1 });
    expect(off(on(rated, drop), drop).settings.at(-1)).toMatchObject({ attributes: { rate: 0.1, deterministic: false } });
  });
});
