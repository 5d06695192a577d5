/**
 * The rules on what may import what. Run by `npm run check`; a new rule states its reason in `comment`.
 * Type-only imports count: a type that points upward is a cycle of meaning.
 */
const notFrom = (...parts) => parts.map((part) => `^${part}/`);
const tests = String.raw`(\.test\.tsx?$|^core/(test|bench|fixtures)/)`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true }, comment: 'A file that needs its importer back is one file too many.' },
    {
      name: 'core-is-pure', severity: 'error', comment: 'core runs in a worker, in a window and in plain Node.',
      from: { path: '^core/', pathNot: tests },
      to: { path: ['^renderer/', '^electron/', '^e2e/', '^scripts/', '^node:', 'node_modules/(react|react-dom|zustand|reactflow|@xyflow|electron)/'] },
    },
    { name: 'core-without-node', severity: 'error', comment: 'No Node built-ins in core.', from: { path: '^core/', pathNot: tests }, to: { dependencyTypes: ['core'] } },
    {
      name: 'tfjs-behind-tensor', severity: 'error', comment: 'The library is frozen upstream: its gaps are mended in one place.',
      from: { pathNot: '^core/tensor/' }, to: { path: 'node_modules/@tensorflow/' },
    },
    {
      name: 'backends-picked-in-run', severity: 'error', comment: 'One place picks a backend.',
      from: { pathNot: ['^core/run/backend', '^core/tensor/', tests] }, to: { path: '^core/tensor/backend' },
    },
    {
      name: 'tensor-is-lowest', severity: 'error', comment: 'tensor knows no Module.',
      from: { path: '^core/tensor/', pathNot: tests }, to: { path: notFrom('core/(nnx|spec|layers|ops|document|check|build|emit|run|optim)') },
    },
    {
      name: 'random-below-nnx', severity: 'error', comment: 'Keys are numbers; Rngs belong to nnx.',
      from: { path: '^core/random/', pathNot: tests }, to: { path: notFrom('core/(nnx|spec|layers|ops|document|check|build|emit|run|optim)') },
    },
    {
      name: 'nnx-below-spec', severity: 'error', comment: 'The Module system knows no descriptor and no layer.',
      from: { path: '^core/nnx/', pathNot: tests }, to: { path: notFrom('core/(spec|layers|ops|document|check|build|emit|run|optim)') },
    },
    {
      name: 'spec-before-layers', severity: 'error', comment: 'A vocabulary cannot know the words.',
      from: { path: '^core/spec/', pathNot: tests }, to: { path: [...notFrom('core/(layers|ops|document|check|build|emit|run|optim)'), '^core/registry'] },
    },
    {
      name: 'document-is-data', severity: 'error', comment: 'Edits and migrations run anywhere, the Electron main process included.',
      from: { path: '^core/document/', pathNot: tests }, to: { path: [...notFrom('core/(tensor|random|nnx|spec|layers|ops|check|build|emit|run|optim)'), '^core/registry'] },
    },
    {
      name: 'registry-readers', severity: 'error', comment: 'Layers may import layers, never the list of them.',
      from: { path: '^core/(tensor|random|nnx|spec|layers|ops|optim)/', pathNot: tests }, to: { path: '^core/registry' },
    },
    {
      name: 'layers-know-no-document', severity: 'error', comment: 'A layer can be used by hand.',
      from: { path: '^core/(layers|ops|optim)/', pathNot: tests }, to: { path: notFrom('core/(document|check|build|emit|run)') },
    },
    {
      name: 'window-has-no-backend', severity: 'error', comment: 'Kernels and shaders stay out of the window: only the worker computes.',
      from: { path: '^renderer/main.tsx$' }, to: { path: '^core/(run/backend|tensor/backend)', reachable: true },
    },
    {
      name: 'core-by-its-face', severity: 'error', comment: 'The app uses what a stranger could use.',
      from: { path: '^(renderer|electron)/', pathNot: [tests, '^renderer/worker/'] },
      to: { path: '^core/', pathNot: ['^core/index.ts$', '^core/(document|check|emit|run|spec)/index.ts$'] },
    },
    {
      name: 'canvas-owns-flow', severity: 'error', comment: 'Only canvas/ notices when React Flow changes.',
      from: { path: '^renderer/', pathNot: '^renderer/canvas/' }, to: { path: 'node_modules/(reactflow|@xyflow)/' },
    },
    {
      name: 'features-apart', severity: 'error', comment: 'Features meet through stores and commands.',
      from: { path: '^renderer/(canvas|palette|inspector|results|code)/', pathNot: tests },
      to: { path: '^renderer/(canvas|palette|inspector|results|code)/', pathNot: '^renderer/$1/' },
    },
    {
      name: 'stores-do-not-render', severity: 'error', comment: 'Stores are tested without a DOM.',
      from: { path: '^renderer/(document|session|runs)/', pathNot: ['hooks.ts$', tests] },
      to: { path: ['node_modules/(react|react-dom)/', '^renderer/(app|canvas|palette|inspector|results|code|ui)/'] },
    },
    {
      name: 'ui-is-plain', severity: 'error', comment: 'Buttons know no model.',
      from: { path: '^renderer/ui/', pathNot: tests }, to: { path: ['^renderer/(document|session|runs|commands|app|canvas|palette|inspector|results|code)/', '^core/'] },
    },
    {
      name: 'platform-owns-bridge', severity: 'error', comment: 'One interface to the desktop, with a second implementation for a browser tab.',
      from: { path: '^renderer/', pathNot: ['^renderer/platform/', tests] }, to: { path: '^electron/' },
    },
    {
      name: 'main-is-thin', severity: 'error', comment: 'The main process opens files and windows; it never runs a model.',
      from: { path: '^electron/', pathNot: tests }, to: { path: ['^renderer/', '^core/'], pathNot: '^core/document/' },
    },
    {
      name: 'electron-in-two-files', severity: 'error', comment: 'Importing electron from plain Node tries to download its binary.',
      from: { path: '^(electron|scripts|core|renderer|e2e)/', pathNot: '^electron/(main|preload).ts$' }, to: { path: '(^|node_modules/)electron(/|$)', pathNot: '^electron/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'e2e-from-outside', severity: 'error', comment: 'Journeys use the app as a user does.', from: { path: '^e2e/' }, to: { path: '^(core|renderer)/' } },
    { name: 'not-to-test', severity: 'error', comment: 'Product code needs no test.', from: { pathNot: [tests, '^e2e/'] }, to: { path: String.raw`\.test\.tsx?$` } },
    { name: 'no-unresolved', severity: 'error', comment: 'An import that leads nowhere.', from: {}, to: { couldNotResolve: true, pathNot: '^electron$|^virtual:|\\?' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist|\\.venv)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'] },
  },
};
