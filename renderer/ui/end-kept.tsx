/** Shorter names fit. */
const LONG = 20;
const END = 12;

/** A name that loses its middle where it does not fit: `encoder/blocks/0/…` and `…/1` differ at the end. Read out whole. */
export function EndKept({ text }: { readonly text: string }) {
  if (text.length <= LONG) return <span title={text}>{text}</span>;
  return (
    <span className="end-kept" title={text}>
      <span className="visually-hidden">{text}</span>
      <span aria-hidden>{text.slice(0, -END)}</span>
      <span aria-hidden>{text.slice(-END)}</span>
    </span>
  );
}
