/** @file The sign of what a diagnosis found: another one than that of a problem of the model, which a run is not needed for. */
import { Stethoscope } from 'lucide-react';
import './found-sign.css';

interface FoundSignProps {
  readonly kind: 'error' | 'warning' | 'note' | 'within';
  readonly texts: readonly string[];
  readonly size?: number;
  /** Where the words are spoken by what it stands in. */
  readonly isSilent?: boolean;
}

export function FoundSign({ kind, texts, size = 14, isSilent = false }: FoundSignProps) {
  const words = texts.join('\n');
  const spoken = isSilent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': `Found in the run: ${words}` };
  return (
    <span className="found-sign" data-kind={kind} title={words} {...spoken}>
      <Stethoscope size={size} aria-hidden />
    </span>
  );
}
