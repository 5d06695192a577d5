import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseDocument } from '../../core/document/index.ts';
import type { RunProblem } from '../../core/run/index.ts';
import { createMemoryPlatform } from '../platform/memory.ts';
import { createServices } from '../state/create-services.ts';
import type { Services } from '../state/services.ts';
import { showNotFinite } from './show-not-finite.ts';

const text = readFileSync(new URL('../../assets/examples/block.espalier', import.meta.url), 'utf8');
const told: RunProblem = { code: 'run/not-finite', message: '', hint: '', path: ['submodule'], node: 'n3' };
let services: Services;

function finish(...warnings: RunProblem[]): void {
  services.runs.setState({ status: 'running' });
  services.runs.setState({ status: 'idle', warnings });
}

beforeEach(() => {
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error('The example cannot be read.');
  const connect = () => {
    throw new Error('Nothing runs here.');
  };
  services = createServices({ platform: createMemoryPlatform({}), connect, document: parsed.document });
  showNotFinite(services);
});

describe('a run that gives something not finite (N1, N2)', () => {
  it('opens the instance and selects the node, whatever the lens', () => {
    services.session.set({ lens: 'structure' });
    finish(told);
    const { lens, open, selection } = services.session.getState();
    expect([lens, open]).toEqual(['flow', [{ class: 'submodule', instance: ['submodule'] }]]);
    expect(selection.nodes).toEqual(['n3']);
  });

  it('leaves alone what the user has selected', () => {
    services.session.select({ nodes: ['n2'] });
    finish({ ...told, path: [] });
    expect(services.session.getState().selection.nodes).toEqual(['n2']);
  });

  it('moves nothing where all is finite', () => {
    finish({ ...told, code: 'probe/perturbation-unused' });
    expect(services.session.getState()).toMatchObject({ open: [], selection: { nodes: [] } });
  });
});
