import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { PanelBoundary } from './panel-boundary.tsx';

function boundary(fault?: unknown): PanelBoundary {
  const made = new PanelBoundary({ title: 'The inspector', children: 'its content' });
  if (fault !== undefined) made.state = PanelBoundary.getDerivedStateFromError(fault);
  return made;
}

it('shows what is in it, and after a fault says so in its place, with a way to try again (D7)', () => {
  expect(boundary().render()).toBe('its content');
  const shown = renderToStaticMarkup(boundary(new Error('x is undefined')).render());
  expect(shown).toContain('The inspector cannot be shown at the moment.');
  expect(shown).toContain('x is undefined');
  expect(shown).toContain('Try again');
  expect(shown).not.toContain('its content');
});

it('takes whatever was thrown', () => {
  for (const thrown of ['text', null, 7, { message: 1 }]) expect(() => boundary(thrown).render()).not.toThrow();
});
