/** @file Text of the system's clipboard, as far as the system lets us. */

/** False where the system refuses, as it may while the window is not in front. */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Undefined where the system refuses: only the keys of pasting give a page the text unasked. */
export async function readClipboard(): Promise<string | undefined> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return undefined;
  }
}
