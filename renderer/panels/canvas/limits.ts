/** Below this zoom, and with more nodes than these, the far view draws. */
export const FAR_ZOOM = 0.4;
export const MANY_NODES = 400;
/** Where more than these lie in sight, the far view draws at any zoom: a screen full of nodes is a few hundred. */
export const CROWD = 2000;
