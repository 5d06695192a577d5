import type { Target } from '../target.ts';
import { typescriptFiles, typescriptLoader } from './files.ts';
import { writeTypeScript } from './typescript.ts';

export const typescriptTarget: Target = {
  title: 'TypeScript',
  extension: 'ts',
  language: 'typescript',
  emit: writeTypeScript,
  files: typescriptFiles,
  loader: typescriptLoader,
  requirements: ['espalier'],
};
