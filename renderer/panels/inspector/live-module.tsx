/** @file The live Module: its attributes, modes and Variables as the worker built them. */
import {
  resolvePath,
  setAttributesWhere,
  type AttributeValue,
  type FilterSpec,
  type ModelDocument,
  type Path,
} from '../../../core/document/index.ts';
import { formatShape } from '../../../core/spec/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { useRuns } from '../../hooks/runs.ts';
import { modulesByPath } from '../../state/runs/lookup.ts';
import { formatPath, pathKey } from '../../state/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatCount } from '../../ui/format.ts';
import { Switch } from '../../ui/switch.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { FormRow } from './form-row.tsx';
import { InsideList } from './inside-list.tsx';
import { Section } from './section.tsx';
import { useEdit } from '../../hooks/use-edit.ts';

export function LiveModule({ path }: { readonly path: Path }) {
  const key = pathKey(path);
  const module = useRuns((state) => modulesByPath(state.modules).get(key));
  return module ? <LiveModuleView module={module} /> : null;
}

export function LiveModuleView({ module }: { readonly module: ModuleInfo }) {
  const modes = module.attributes.filter((attribute) => attribute.mode);
  const others = module.attributes.filter((attribute) => !attribute.mode);
  return (
    <>
      {modes.length > 0 && (
        <Section title="Modes">
          {modes.map(({ name, value }) => (
            <AttributeRow key={name} module={module} name={name} value={value} />
          ))}
        </Section>
      )}
      {module.variables.length > 0 && (
        <Section title="Variables" actions={<span className="section-note">{formatCount(module.paramCount)} parameters</span>}>
          <dl className="ports">
            {module.variables.map((variable) => (
              <div key={formatPath(variable.path)}>
                <dt>
                  {variable.name} <Badge>{variable.type}</Badge>
                </dt>
                <dd>
                  {formatShape(variable.shape)} {variable.dtype}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      {others.length > 0 && (
        <Section title="Attributes" isOpenAtFirst={false}>
          {others.map(({ name, value }) => (
            <AttributeRow key={name} module={module} name={name} value={value} />
          ))}
        </Section>
      )}
      <InsideList path={module.path} />
    </>
  );
}

interface AttributeRowProps {
  readonly module: ModuleInfo;
  readonly name: string;
  readonly value: AttributeValue;
}

/** This Module by reference, so that the setting stays right under every edit; by path where it is no member of the document. */
function onlyThis(document: ModelDocument, path: Path): FilterSpec {
  const ref = resolvePath(document, path);
  return ref ? { kind: 'modules', at: [ref] } : { kind: 'pathIn', paths: [path] };
}

/** Changing an attribute here is a `setAttributes` call on this path alone. */
function AttributeRow({ module, name, value }: AttributeRowProps) {
  const edit = useEdit();
  const set = (next: AttributeValue): void =>
    void edit(`Set ${name} of ${formatPath(module.path)}`, (document) =>
      setAttributesWhere(document, onlyThis(document, module.path), { [name]: next }),
    );
  const commit = (text: string): string | undefined => {
    const number = text.trim() === '' ? NaN : Number(text);
    if (text === 'none') set(null);
    else if (typeof value !== 'number') set(text);
    else if (Number.isFinite(number)) set(number);
    else return `Expected a number or none, got "${text}".`;
    return undefined;
  };
  return (
    <FormRow label={name} doc={`setAttributes on ${formatPath(module.path)} alone`}>
      {typeof value === 'boolean' ? (
        <Switch label={`${name} of the live module`} isLabelHidden isOn={value} onChange={set} />
      ) : (
        <TextInput label={`${name} of the live module`} value={value === null ? 'none' : String(value)} isMono onCommit={commit} />
      )}
    </FormRow>
  );
}
