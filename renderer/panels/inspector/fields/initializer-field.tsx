import type { Argument } from '../../../../core/document/index.ts';
import { INITIALIZERS } from '../../../../core/spec/index.ts';
import { SelectInput } from '../../../ui/select-input.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { readArgument, writeArgument } from '../../../commands/shared/argument-text.ts';
import type { FieldProps } from './field-props.ts';

type Given = Readonly<Record<string, Argument>>;

/** The initializer by name, and below it the arguments that it takes. */
export function InitializerField({ name, value, fallback, describedBy, onValue }: FieldProps) {
  const { name: chosen, ...given } = read(value === undefined ? fallback : value);
  const spec = Object.hasOwn(INITIALIZERS, chosen) ? INITIALIZERS[chosen] : undefined;
  const params = Object.entries(spec?.params ?? {}).filter(([key, param]) => param.advanced !== true || key in given);
  const commit = (key: string, text: string): void => {
    const param = spec?.params[key];
    const reading = param && readArgument(key, param, text);
    if (!reading?.ok) return;
    const { [key]: _before, ...others } = given;
    const next: Given = reading.value === undefined ? others : { ...others, [key]: reading.value };
    onValue(Object.keys(next).length === 0 ? chosen : { name: chosen, ...next });
  };
  return (
    <div className="stack">
      <SelectInput
        label={name}
        value={chosen}
        options={[...(spec ? [] : [chosen]), ...Object.keys(INITIALIZERS)].map((each) => ({ value: each, label: each }))}
        describedBy={describedBy}
        onChange={onValue}
      />
      {params.map(([key, param]) => (
        <label key={key} className="sub-field" title={param.doc}>
          <span>{key}</span>
          <TextInput
            label={`${name} ${key}`}
            value={writeArgument(given[key])}
            placeholder={writeArgument(param.default as Argument | undefined)}
            isMono
            onCommit={(text) => commit(key, text)}
          />
        </label>
      ))}
    </div>
  );
}

function read(value: Argument | undefined): { readonly name: string } & Given {
  if (typeof value === 'string') return { name: value };
  if (typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string') {
    return value as { readonly name: string } & Given;
  }
  return { name: '' };
}
