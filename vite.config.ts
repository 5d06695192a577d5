/** @file One configuration for the window, the worker, Electron's two files and all tests. */
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { englishCharts } from './config/english-charts.mjs';
import { CHROMIUM_ARGS, findChromium } from './scripts/chromium.mjs';

const chromium = findChromium();

const node = (input: string, format: 'es' | 'cjs', extension: string) => ({
  consumer: 'server' as const,
  resolve: { noExternal: true as const, external: ['electron'] },
  build: {
    ssr: true,
    outDir: '../out/electron',
    emptyOutDir: false,
    target: 'node24',
    copyPublicDir: false,
    rolldownOptions: { input, external: ['electron', /^node:/], output: { format, entryFileNames: `[name].${extension}` } },
  },
});

export default defineConfig({
  root: 'renderer',
  base: './',
  publicDir: '../assets',
  cacheDir: '../node_modules/.vite',
  plugins: [react(), englishCharts()],
  // Bundled beforehand, it would pass by the mend.
  optimizeDeps: { exclude: ['uplot'] },
  worker: { format: 'es' },
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome150',
    // The policy allows no data: fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
  environments: { main: node('electron/main.ts', 'es', 'js'), preload: node('electron/preload.ts', 'cjs', 'cjs') },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'main', 'preload']) await builder.build(builder.environments[name]!);
    },
  },
  test: {
    projects: [
      {
        root: import.meta.dirname,
        // tfjs loads slowly as many small modules: files of one worker share it.
        test: {
          name: 'core',
          include: ['core/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['core/test/setup-cpu.ts'],
          isolate: false,
          testTimeout: 30_000,
          deps: {
            optimizer: {
              ssr: {
                enabled: true,
                include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-core/dist/register_all_gradients', '@tensorflow/tfjs-backend-cpu'],
              },
            },
          },
        },
      },
      {
        root: import.meta.dirname,
        resolve: { alias: { electron: new URL('./electron/fake-electron.ts', import.meta.url).pathname } },
        test: { name: 'app', include: ['{renderer,electron,scripts,cli}/**/*.test.{ts,tsx}'], environment: 'node', testTimeout: 30_000 },
      },
      {
        root: import.meta.dirname,
        // A dependency that is found late makes Vite reload the page in the middle of a test.
        optimizeDeps: { include: ['@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-webgl', 'fast-check'] },
        test: {
          name: 'webgl',
          include: ['core/**/*.test.ts'],
          exclude: ['**/*.node.test.ts', '**/node_modules/**'],
          setupFiles: ['core/test/setup-webgl.ts'],
          isolate: false,
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args: CHROMIUM_ARGS },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
