import { templatesCommand } from '../../commands/templates.command.ts';
import { invoke } from '../../commands/command.ts';
import { isBlank } from '../../commands/shared/insert-template.ts';
import { useDocument } from '../../hooks/document.ts';
import { useServices } from '../../hooks/services.ts';
import { Button } from '../../ui/button.tsx';

/** Below an input that goes straight to an output: how to begin. It takes no room, and no clicks beside its button. */
export function StartInvitation() {
  const services = useServices();
  const isShown = useDocument(
    (document) => isBlank(document) && Object.keys(document.classes[document.root.class]?.nodes ?? {}).length > 0,
  );
  if (!isShown) return null;
  return (
    <div className="start-invitation">
      <span>Press Space and type what to add, or</span>
      <Button onPress={() => invoke(templatesCommand, services)}>Start from a template</Button>
    </div>
  );
}
