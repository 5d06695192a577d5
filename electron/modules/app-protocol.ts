/** @file `app://espalier/…`: the built editor, served from disk with its content security policy. Pure: a request in, a response out. */
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';

export const SCHEME = 'app';
export const HOST = 'espalier';
export const ORIGIN = `${SCHEME}://${HOST}`;

/**
 * Nothing remote, no inline script, no eval. There are two concessions: inline styles, because React Aria and uPlot set a few, and
 * WebAssembly, for the worker's random numbers. The page allows itself less, by a policy of its own: scripts from here only.
 * `frame-ancestors` works in a header only, which is why the policy is sent here and not just in the page.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.espalier': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

function refuse(status: number): Response {
  return new Response(null, { status });
}

/** The file that a request names inside `root`, or undefined if it leads outside. */
function resolveInside(root: string, url: URL): string | undefined {
  let pathname: string;
  try {
    pathname = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (pathname.includes('\0')) return undefined;
  const file = path.resolve(root, `.${pathname === '/' ? '/index.html' : pathname}`);
  return file === root || file.startsWith(root + path.sep) ? file : undefined;
}

/** Answers GET requests to our one host with files of `root`; everything else is refused. */
export function makeAppProtocol(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    if (request.method !== 'GET') return refuse(405);
    if (url.protocol !== `${SCHEME}:` || url.host !== HOST) return refuse(403);
    const file = resolveInside(root, url);
    if (file === undefined) return refuse(403);
    try {
      // A symbolic link must not lead outside either.
      const [realRoot, realFile] = await Promise.all([realpath(root), realpath(file)]);
      if (!realFile.startsWith(realRoot + path.sep)) return refuse(403);
      const body = await readFile(realFile);
      return new Response(new Uint8Array(body), {
        headers: {
          'content-type': MEDIA_TYPES[path.extname(realFile)] ?? 'application/octet-stream',
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          // Isolated, the page may share memory with its worker: a stop is seen in the middle of a pass.
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
        },
      });
    } catch {
      return refuse(404);
    }
  };
}
