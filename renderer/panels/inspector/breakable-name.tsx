import { Fragment } from 'react';

/** A camelCase name that breaks between its words where the column is narrow. */
export function BreakableName({ name }: { readonly name: string }) {
  const words = name.split(/(?<=[a-z0-9])(?=[A-Z])/);
  return (
    <span>
      {words.map((word, index) => (
        <Fragment key={words.slice(0, index + 1).join('')}>
          {index > 0 && <wbr />}
          {word}
        </Fragment>
      ))}
    </span>
  );
}
