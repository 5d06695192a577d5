/** @file A name that does not fit loses its middle: `blocks_encoder12` and `…13` differ at the end. */
import './keep-end.css';

interface KeepEndProps {
  readonly text: string;
  readonly className?: string;
  /** Shown where one points, when the text is longer than this. */
  readonly longest?: number;
}

/** So many letters stay at the end. */
const END = 8;
/** Shorter names lose their end: of two halves neither would say anything. */
const WHOLE = END + 6;

export function KeepEnd({ text, className = '', longest = 20 }: KeepEndProps) {
  const end = text.length > WHOLE ? text.length - END : 0;
  return (
    <span className={`keep-end ${className}`} title={text.length > longest ? text : undefined}>
      {end > 0 && <span>{text.slice(0, end)}</span>}
      <span>{text.slice(end)}</span>
    </span>
  );
}
