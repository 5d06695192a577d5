/** @file The file that the code of a target is saved in. */
import { TARGETS, type TargetName } from '../../../core/emit/index.ts';
import { PYTHON_FILE, TYPESCRIPT_FILE } from '../../platform/kinds.ts';
import type { FileKind } from '../../platform/platform.ts';

export function codeFile(target: TargetName): FileKind {
  return TARGETS[target].language === 'python' ? PYTHON_FILE : TYPESCRIPT_FILE;
}
