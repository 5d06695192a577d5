interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  /** The label is read out but not drawn: it stands beside the switch already. */
  readonly isLabelHidden?: boolean;
  readonly isDisabled?: boolean;
  readonly id?: string;
}

export function Switch({ label, isOn, onChange, isLabelHidden = false, isDisabled = false, id }: SwitchProps) {
  return (
    <label className="switch">
      <input
        type="checkbox"
        role="switch"
        id={id}
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
        {...(isLabelHidden ? { 'aria-label': label } : {})}
      />
      {!isLabelHidden && <span>{label}</span>}
    </label>
  );
}
