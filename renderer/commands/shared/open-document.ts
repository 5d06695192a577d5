import { showPanel } from '../../state/session/workspaces.ts';
import { isPage, parseDocument, type ModelDocument, type Refusal } from '../../../core/document/index.ts';
import type { DocumentFile } from '../../state/document/store.ts';
import type { OpenedFile } from '../../platform/platform.ts';
import type { ErrorReport } from '../../state/questions.ts';
import { NOTHING_SELECTED } from '../../state/session/store.ts';
import { formatPlural } from '../../ui/format.ts';
import type { CommandContext } from '../command.ts';
import { confirmUnsaved } from './confirm-unsaved.ts';
import { reportFailure } from '../../state/edit-or-tell.ts';

/** Puts a document in place of the present one; results of the old one go. */
export function showDocument(
  context: CommandContext,
  document: ModelDocument,
  file: DocumentFile | null,
  options?: { readonly saved?: boolean },
): void {
  context.client.reset();
  context.session.set({
    open: [],
    selection: NOTHING_SELECTED,
    hover: null,
    filterText: '',
    filterActive: false,
    viewports: {},
    expanded: {},
  });
  context.document.load(document, file, options);
  context.client.describe(document);
}

/** Opens the text of a file; on refusal says why and keeps what is open. Asks before unsaved changes are left. */
export async function openFileText(
  context: CommandContext,
  file: OpenedFile,
  options: { readonly saved?: boolean } = {},
): Promise<boolean> {
  const result = parseDocument(file.text);
  if (!result.ok) {
    void context.dialogs.ask('error', describeRefusals(file.name, result.refusals));
    return false;
  }
  const document = await withPlaces(context, result.document);
  if (!(await confirmUnsaved(context))) return false;
  context.data.putAll(result.assets);
  await context.data.need(document);
  // Saving would write a document over the page.
  showDocument(context, document, isPage(file.text) ? null : { name: file.name, handle: file.handle }, options);
  for (const note of result.notes) context.dialogs.tell(note);
  if (result.problems.length > 0) {
    context.session.set(showPanel(context.session.getState(), 'problems'));
    context.dialogs.tell(`${file.name} opened with ${formatPlural(result.problems.length, 'problem')}: see the list of problems.`);
  }
  return true;
}

/** Opens an example that ships with the app as an untitled document. `unlessOpened`: not if another one is open by the time it was read. */
export async function openExampleFile(context: CommandContext, file: string, { unlessOpened = false } = {}): Promise<boolean> {
  const { loads } = context.document.getState();
  const isLate = (): boolean => unlessOpened && context.document.getState().loads !== loads;
  try {
    const text = await context.platform.readAsset(`examples/${file}`);
    const result = parseDocument(text);
    if (!result.ok) {
      void context.dialogs.ask('error', describeRefusals(file, result.refusals));
      return false;
    }
    const document = await withPlaces(context, result.document);
    if (isLate() || !(await confirmUnsaved(context))) return false;
    await context.data.need(document);
    if (isLate()) return false;
    showDocument(context, document, null);
    return true;
  } catch (error) {
    reportFailure(context, 'The example could not be opened', error, 'Install the app again if this stays.');
    return false;
  }
}

/** What lacks places, as what was not drawn here does, is arranged before it is shown. Without them it is still a document. */
export async function withPlaces({ arranger, derived, dialogs }: CommandContext, document: ModelDocument): Promise<ModelDocument> {
  try {
    return await arranger.placeAll(document, () => derived.check(document));
  } catch (error) {
    dialogs.tell(`The graph could not be arranged: ${error instanceof Error ? error.message : String(error)}`, 'error');
    return document;
  }
}

function describeRefusals(name: string, refusals: readonly Refusal[]): ErrorReport {
  const [first] = refusals;
  const others = refusals.length > 1 ? ` (and ${formatPlural(refusals.length - 1, 'further fault')})` : '';
  return {
    title: `${name} could not be opened`,
    message: `Something in the file does not fit${others}. What was open before is unchanged.`,
    details: first
      ? [
          { label: 'Where', text: first.at },
          { label: 'Expected', text: first.expected },
          { label: 'Got', text: first.got },
        ]
      : [],
    ...(first ? { hint: first.fix } : {}),
  };
}
