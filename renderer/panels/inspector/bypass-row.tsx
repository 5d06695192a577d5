/** @file Whether a node computes, or what comes in goes on. */
import { isBypassed, mayBypass, type GraphNode, type ModelClass } from '../../../core/document/index.ts';
import { bypassNodes } from '../../commands/shared/bypass-nodes.ts';
import { useServices } from '../../hooks/services.ts';
import { Switch } from '../../ui/switch.tsx';
import { FormRow } from './form-row.tsx';

/** Nothing for a node that nothing goes through. */
export function BypassRow({ modelClass, node }: { readonly modelClass: ModelClass; readonly node: GraphNode }) {
  const services = useServices();
  if (!mayBypass(node)) return null;
  return (
    <FormRow label="bypass" doc="What comes in goes on, as if the node were not there. Its module is made all the same, with its weights.">
      <Switch
        label="Bypass"
        isLabelHidden
        isOn={isBypassed(node)}
        onChange={(isOn) => bypassNodes(services, modelClass, [node.id], isOn)}
      />
    </FormRow>
  );
}
