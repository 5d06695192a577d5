import { createBrowserPlatform } from './browser.ts';
import { createDesktopPlatform, findBridge } from './desktop.ts';
import type { Platform } from './platform.ts';

/** The desktop where its bridge is, else the browser tab. */
export function pickPlatform(): Platform {
  const bridge = findBridge();
  return bridge ? createDesktopPlatform(bridge) : createBrowserPlatform();
}
