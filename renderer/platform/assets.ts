/** @file Files that ship with the app, beside the page: the same address in a tab and under the desktop's own scheme. */

/** @throws Error with a message for the user if there is no such file. */
export async function readShippedAsset(path: string): Promise<string> {
  let response: Response | undefined;
  try {
    response = await fetch(new URL(path, document.baseURI));
  } catch {
    response = undefined;
  }
  const isPage = response?.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (!response?.ok || isPage) throw new Error(`The file ${path} does not ship with the app, or could not be read.`);
  return response.text();
}
