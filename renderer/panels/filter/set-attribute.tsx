/** @file Attribute, value, Set: the part of the filter bar that changes what is matched. */
import { Layers } from 'lucide-react';
import { useState } from 'react';
import type { AttributeValue } from '../../../core/document/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { readAttributeValue } from './filter-values.ts';

interface SetAttributeProps {
  readonly attributes: ReadonlyMap<string, readonly AttributeValue[]>;
  readonly onSet: (name: string, value: AttributeValue) => void;
  readonly onKeep: (name: string, value: AttributeValue) => void;
}

/** Attribute, value, Set: the `setAttributes` call on what the filter matches; or the same as a view, which leaves the model as it is. */
export function SetAttribute({ attributes, onSet, onKeep }: SetAttributeProps) {
  const [chosen, setChosen] = useState('');
  const [draft, setDraft] = useState<string | null>(null);
  const names = [...attributes.keys()];
  const name = names.includes(chosen) ? chosen : (names[0] ?? '');
  const present = attributes.get(name) ?? [];
  if (name === '') return <span className="filter-none">nothing to set on these</span>;
  const isBool = present.some((value) => typeof value === 'boolean');
  // For a flag, the other value is what one wants.
  const suggestion = isBool ? String(present.length === 1 ? !present[0] : true) : String(present[0] ?? '');
  const value = readAttributeValue(draft ?? suggestion, present);
  return (
    <>
      <span className="filter-set">set</span>
      <select
        className="input"
        aria-label="Attribute to set"
        value={name}
        onChange={(event) => {
          setChosen(event.target.value);
          setDraft(null);
        }}
      >
        {names.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      {isBool ? (
        <select className="input" aria-label="Value to set" value={draft ?? suggestion} onChange={(event) => setDraft(event.target.value)}>
          <option>true</option>
          <option>false</option>
        </select>
      ) : (
        <input
          className="input"
          aria-label="Value to set"
          aria-invalid={!value.ok}
          value={draft ?? suggestion}
          onChange={(event) => setDraft(event.target.value)}
        />
      )}
      <Button
        size="small"
        isDisabled={!value.ok}
        {...(value.ok ? {} : { tooltip: value.message })}
        onPress={() => {
          if (!value.ok) return;
          onSet(name, value.value);
          setDraft(null);
        }}
      >
        Set on matches
      </Button>
      <IconButton
        label="Keep as a view"
        size="small"
        icon={<Layers size={14} />}
        isDisabled={!value.ok}
        onPress={() => value.ok && onKeep(name, value.value)}
      />
    </>
  );
}
