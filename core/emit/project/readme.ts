/** @file What a project says of itself. */
import { commentText } from '../text.ts';
import type { Target } from '../target.ts';

export function writeReadme(title: string, module: string, { title: target, language, extension, requirements = [] }: Target): string {
  const name = commentText(title) || 'A model';
  const isTypeScript = language === 'typescript';
  const install = isTypeScript ? 'npm install' : 'pip install -r requirements.txt';
  const test = isTypeScript ? 'npm test' : `python test_${module}.py`;
  const use = isTypeScript
    ? ['```ts', `import { loadModel } from "./load_${module}.ts";`, '', 'const model = loadModel();', '```']
    : ['```python', `from load_${module} import load_model, run`, '', 'model = load_model()', 'outputs = run(model, inputs)', '```'];
  return [
    `# ${name}`,
    '',
    `Written by Espalier for ${target} (${requirements.join(', ')}).`,
    '',
    '| File | |',
    '| --- | --- |',
    `| \`${module}.${extension}\` | ${language === 'text' ? 'the graph with its weights' : 'the model'} |`,
    ...(language === 'text' ? [] : [`| \`${module}.safetensors\` | its weights |`]),
    `| \`load_${module}.${isTypeScript ? 'ts' : 'py'}\` | loads them |`,
    `| \`test_${module}.${isTypeScript ? 'ts' : 'py'}\` | compares the outputs with those of the app, in \`recorded.safetensors\` |`,
    '',
    '```sh',
    install,
    test,
    '```',
    '',
    ...use,
    '',
  ].join('\n');
}
