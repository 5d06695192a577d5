import type { Target } from '../target.ts';
import { writeTypeScript } from './typescript.ts';

export const typescriptTarget: Target = { title: 'TypeScript', extension: 'ts', language: 'typescript', emit: writeTypeScript };
