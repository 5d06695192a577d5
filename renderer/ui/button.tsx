import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly tone?: 'normal' | 'primary' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'small';
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  /** Accessible name, where the text alone does not say it. */
  readonly label?: string;
  readonly tooltip?: string;
  readonly keys?: string | undefined;
}

export function Button({ children, onPress, tone = 'normal', size = 'normal', label, tooltip, keys, ...rest }: ButtonProps) {
  const button = (
    <AriaButton
      className={`button ${tone} ${size}`}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(onPress ? { onPress } : {})}
      {...rest}
    >
      {children}
    </AriaButton>
  );
  return tooltip === undefined ? button : <WithTooltip text={tooltip} keys={keys} trigger={button} />;
}

interface IconButtonProps {
  /** Accessible name, shown as the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly onPress: () => void;
  readonly keys?: string | undefined;
  readonly size?: 'normal' | 'small';
  readonly isDisabled?: boolean;
  readonly isPressed?: boolean;
}

export function IconButton({ label, icon, onPress, keys, size = 'normal', isDisabled = false, isPressed }: IconButtonProps) {
  return (
    <WithTooltip
      text={label}
      keys={keys}
      trigger={
        <AriaButton
          className={`button quiet icon-button ${size}`}
          aria-label={label}
          isDisabled={isDisabled}
          onPress={onPress}
          {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
        >
          {icon}
        </AriaButton>
      }
    />
  );
}

interface WithTooltipProps {
  readonly text: string;
  readonly keys?: string | undefined;
  readonly trigger: ReactNode;
}

/** Half a second of hovering, or keyboard focus, shows the text. */
export function WithTooltip({ text, keys, trigger }: WithTooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {trigger}
      <Tooltip className="tooltip" offset={6}>
        {text}
        {keys !== undefined && <span className="keys">{keys}</span>}
      </Tooltip>
    </TooltipTrigger>
  );
}
