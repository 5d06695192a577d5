/** @file The number of the overlay at a node or a box; what is not finite in its own colour. */
import type { Heat } from './heat.ts';

export function HeatNumber({ heat }: { readonly heat: Heat | null }) {
  if (!heat) return null;
  const isFinite = Number.isFinite(heat.value);
  return (
    <span className="node-heat" style={isFinite ? undefined : { color: heat.color }}>
      {heat.text}
    </span>
  );
}
