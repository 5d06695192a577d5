/** Below this zoom, and with more nodes than these, the far view draws. */
export const FAR_ZOOM = 0.4;
export const MANY_NODES = 400;
