import { useEffect, useRef } from 'react';
import { depthOf, splitKey } from '../../../state/session/expansion.ts';
import { useBringIntoSight } from '../bring-into-sight.ts';
import type { Scene } from './scene.ts';

/** What has just been expanded is brought into sight, the outermost of several; not what was expanded when one came here. */
export function useRevealFrames(scene: Scene, viewKey: string): void {
  const bring = useBringIntoSight();
  const known = useRef<{ readonly viewKey: string; readonly keys: ReadonlySet<string> } | null>(null);
  useEffect(() => {
    const keys = new Set(scene.map(({ site }) => site.key));
    const before = known.current;
    known.current = { viewKey, keys };
    if (before?.viewKey !== viewKey) return;
    const fresh = [...keys].filter((key) => key !== '' && !before.keys.has(key));
    const [key] = fresh.sort((a, b) => depthOf(a) - depthOf(b));
    if (key === undefined) return;
    const { inside, id } = splitKey(key);
    const frame = scene.find(({ site }) => site.key === inside)?.drawing.byId.get(id);
    if (frame) bring({ ...frame.position, width: frame.width ?? 0, height: frame.height ?? 0 });
  }, [scene, viewKey, bring]);
}
