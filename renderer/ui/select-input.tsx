interface SelectInputProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly isDisabled?: boolean;
  readonly describedBy?: string | undefined;
  readonly id?: string;
}

/** The browser’s own list: keyboard, typing ahead and screen readers come with it. */
export function SelectInput({ label, value, options, onChange, isDisabled = false, describedBy, id }: SelectInputProps) {
  return (
    <select
      className="input"
      aria-label={label}
      aria-describedby={describedBy}
      id={id}
      value={value}
      disabled={isDisabled}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
