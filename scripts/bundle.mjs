/** @file One file of a TypeScript entry and all that it imports: readable, with a source map, for Node; minified for a browser. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} entry @param {string} outDir @param {'node' | 'browser'} platform @returns {Promise<string>} the path of the file */
export async function bundle(entry, outDir, platform) {
  const isNode = platform === 'node';
  const output = { codeSplitting: false, entryFileNames: `${platform}.mjs` };
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    // React asks for it; a library would leave it open.
    ...(isNode ? {} : { define: { 'process.env.NODE_ENV': '"production"' } }),
    ...(isNode ? { ssr: { noExternal: true } } : {}),
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2023',
      // In Node people read stack traces and the names of their classes.
      minify: !isNode,
      sourcemap: isNode && 'inline',
      chunkSizeWarningLimit: 4000,
      ...(isNode ? { ssr: entry } : { lib: { entry, formats: ['es'] } }),
      rolldownOptions: {
        output,
        // "use client" says nothing here.
        onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
      },
    },
  });
  return path.join(outDir, output.entryFileNames);
}
