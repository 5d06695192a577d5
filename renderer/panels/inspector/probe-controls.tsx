/** @file `sow` and `perturb` on the value that leaves a port: a switch each, and a name. */
import { isSamePort, removeProbe, renameProbe, setProbe, type ModelClass, type PortRef, type Probe } from '../../../core/document/index.ts';
import { Switch } from '../../ui/switch.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useEdit, useFieldEdit } from '../../hooks/use-edit.ts';

const KINDS = [
  { kind: 'sow', label: 'Sow', doc: 'Keeps the value of every call as an intermediate.' },
  { kind: 'perturb', label: 'Perturb', doc: 'Adds a zero whose gradient is that of the value.' },
] as const;

export function ProbeControls({ modelClass, at }: { readonly modelClass: ModelClass; readonly at: PortRef }) {
  return (
    <div className="probes" role="group" aria-label="Probes">
      {KINDS.map(({ kind, label, doc }) => (
        <ProbeRow
          key={kind}
          modelClass={modelClass}
          at={at}
          kind={kind}
          label={label}
          doc={doc}
          probe={modelClass.probes.find((each) => each.kind === kind && isSamePort(each.at, at))}
        />
      ))}
    </div>
  );
}

interface ProbeRowProps {
  readonly modelClass: ModelClass;
  readonly at: PortRef;
  readonly kind: Probe['kind'];
  readonly label: string;
  readonly doc: string;
  readonly probe: Probe | undefined;
}

function ProbeRow({ modelClass, at, kind, label, doc, probe }: ProbeRowProps) {
  const edit = useEdit();
  const editHere = useFieldEdit();
  const toggle = (isOn: boolean): void => {
    if (isOn) edit(label, (document) => setProbe(document, modelClass.id, { at, kind }).document);
    else if (probe) edit(`Remove ${kind} ${probe.name}`, (document) => removeProbe(document, modelClass.id, probe.id));
  };
  return (
    <div className="probe-row" title={doc}>
      <Switch label={label} isOn={probe !== undefined} onChange={toggle} />
      {probe && (
        <TextInput
          label={`${label} name`}
          value={probe.name}
          isMono
          onCommit={(name) => editHere(`Rename ${kind} to ${name}`, (document) => renameProbe(document, modelClass.id, probe.id, name))}
        />
      )}
    </div>
  );
}
