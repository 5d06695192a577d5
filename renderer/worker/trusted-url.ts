/** @file The addresses of workers, under a content security policy that demands trusted script addresses. */

/** The part of Trusted Types that is used; TypeScript's DOM types do not have it yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): URL;
  };
}

let policy: { createScriptURL(url: string): URL | string } | undefined;

/** A policy of one name can be made once per window. */
export function trustedScriptUrl(url: string): URL | string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const checked = {
    createScriptURL(address: string): string {
      const { origin, href } = new URL(address, location.href);
      if (origin !== location.origin) throw new TypeError(`A worker from ${origin} was refused: only the app's own is started.`);
      return href;
    },
  };
  policy ??= trustedTypes ? trustedTypes.createPolicy('app-worker', checked) : checked;
  return policy.createScriptURL(url);
}
