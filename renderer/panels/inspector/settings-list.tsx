/** @file The `train`, `eval` and `setAttributes` calls, in the order in which they are replayed. */
import { ChevronDown, ChevronUp, Trash2 } from 'lucide-react';
import { moveSetting, removeSetting, type ModelDocument, type Setting } from '../../../core/document/index.ts';
import { useDocument } from '../../hooks/document.ts';
import { useSessionStore } from '../../hooks/session.ts';
import { IconButton } from '../../ui/button.tsx';
import { useEdit } from '../../hooks/use-edit.ts';
import { queryOf, setOn } from './set-on.ts';

function describe(document: ModelDocument, setting: Setting): string {
  return setting.kind === 'set' ? setOn(document, setting) : `${setting.kind}()`;
}

export function SettingsList() {
  const edit = useEdit();
  const session = useSessionStore();
  const document = useDocument((each) => each);
  const { settings } = document;
  if (settings.length === 0) {
    return (
      <p className="section-hint">
        Switch between Train and Eval, or set an attribute by a filter: the calls are kept here and in the code.
      </p>
    );
  }
  const showFilter = (setting: Setting): void => {
    if (setting.kind === 'set') session.set({ filterText: queryOf(document, setting.only), filterActive: true });
  };
  return (
    <ol className="settings" aria-label="Settings, in order">
      {settings.map((setting, index) => {
        const text = describe(document, setting);
        return (
          <li key={setting.id}>
            <button type="button" className="setting-text" title={text} onClick={() => showFilter(setting)}>
              {text}
            </button>
            <IconButton
              label={`Move up: ${text}`}
              size="small"
              icon={<ChevronUp size={13} />}
              isDisabled={index === 0}
              onPress={() => edit('Move setting up', (document) => moveSetting(document, setting.id, index - 1))}
            />
            <IconButton
              label={`Move down: ${text}`}
              size="small"
              icon={<ChevronDown size={13} />}
              isDisabled={index === settings.length - 1}
              onPress={() => edit('Move setting down', (document) => moveSetting(document, setting.id, index + 1))}
            />
            <IconButton
              label={`Remove: ${text}`}
              size="small"
              icon={<Trash2 size={13} />}
              onPress={() => edit('Remove setting', (document) => removeSetting(document, setting.id))}
            />
          </li>
        );
      })}
    </ol>
  );
}
