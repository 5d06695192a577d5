/**
 * @file Makes core/dist, what `npm pack` in core/ takes along: JavaScript for Node and for a page, and types. TensorFlow.js is inside, since Node
 * cannot import it file by file and its gaps are mended within; its types, and those who use it beside, come with the dependency.
 * With --clean it takes it away again.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'core/dist');
/** What can be imported: `espalier`, `espalier/document` … */
const FOLDERS = ['build', 'check', 'diff', 'document', 'emit', 'graph', 'parse', 'program', 'run', 'spec'];
const entries = {
  index: 'core/index.ts',
  backend: 'core/run/backend.ts',
  engine: 'core/run/engine.ts',
  ...Object.fromEntries(FOLDERS.map((name) => [name, `core/${name}/index.ts`])),
};

/** @param {'node' | 'page'} platform */
async function bundleAll(platform) {
  const isNode = platform === 'node';
  const input = Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(root, file)]));
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ...(isNode ? { ssr: { noExternal: true } } : {}),
    build: {
      outDir: path.join(dist, platform),
      emptyOutDir: true,
      target: 'es2023',
      // People read stack traces and the names of their classes.
      minify: false,
      chunkSizeWarningLimit: 8000,
      ...(isNode ? { ssr: true } : { lib: { entry: input, formats: ['es'] } }),
      rolldownOptions: {
        ...(isNode ? { input } : {}),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
      },
    },
  });
}

function writeTypes() {
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rewriteRelativeImportExtensions'];
  const places = ['--rootDir', path.join(root, 'core'), '--outDir', path.join(dist, 'types')];
  execFileSync(
    process.execPath,
    [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', path.join(root, 'core/tsconfig.json'), ...options, ...places],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}

rmSync(dist, { recursive: true, force: true });
if (!process.argv.includes('--clean')) {
  writeTypes();
  await bundleAll('node');
  await bundleAll('page');
}
