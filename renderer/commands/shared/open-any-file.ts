import type { OpenedFile } from '../../platform/platform.ts';
import type { CommandContext } from '../command.ts';
import { openFileText } from './open-document.ts';
import { takeCode } from './take-code.ts';

/** Opens a document, a page that holds one, or code that stands for one. Whether something was opened. */
export async function openAnyFile(context: CommandContext, file: OpenedFile): Promise<boolean> {
  return file.name.endsWith('.py') ? takeCode(context, file.text, file.name) : openFileText(context, file);
}
