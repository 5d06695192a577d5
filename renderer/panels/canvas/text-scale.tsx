import { useEffect } from 'react';
import { useStore, useStoreApi } from 'reactflow';

/** In steps: every one is a new style of all that is in sight. */
const STEPS = 4;

/** Tells the style how much text on the canvas has to grow to be read at the present zoom; it never shrinks. */
export function TextScale() {
  const store = useStoreApi();
  const scale = useStore(({ transform: [, , zoom] }) => Math.max(1, 2 ** (Math.ceil(-Math.log2(zoom) * STEPS) / STEPS)));
  useEffect(() => store.getState().domNode?.style.setProperty('--text-scale', String(scale)), [store, scale]);
  return null;
}
