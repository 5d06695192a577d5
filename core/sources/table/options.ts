/** @file What a document says of a table: the roles of its columns, and what becomes of words, gaps and scales. */
import type { SourceArgs } from '../../spec/source.ts';
import { ENCODINGS, type Encoding } from '../../document/decode-text.ts';
import { DECIMALS, THOUSANDS } from './cells.ts';
import { COMMENTS } from './comments.ts';
import { SEPARATORS, type Dialect } from './dialect.ts';

export interface TableOptions {
  readonly file: string;
  /** The name of the data by their hash: `sha256:…`. */
  readonly asset: string | undefined;
  /** The column to predict. */
  readonly label: string;
  /** Columns that are neither label nor features. */
  readonly ignored: readonly string[];
  /** What becomes of words among the features, by column: a number for each word, or a column of 0 and 1 for each. `oneHot` where it is not said. */
  readonly words: Readonly<Record<string, 'index' | 'oneHot'>>;
  /** Rows with a gap among the features are left out, or the gap is filled with the column's mean over the training rows, or with 0. */
  readonly missing: 'skip' | 'mean' | 'zero';
  /** Features are divided by this. */
  readonly scale: number;
  /** Then the mean over the training rows is taken away, and what is left divided by their standard deviation. */
  readonly standardize: boolean;
  /** So many rows are held back for testing. */
  readonly testRows: number;
  readonly dialect: Partial<Dialect>;
  /** How the file writes letters as bytes; undefined: UTF-8, or not known. */
  readonly encoding: Encoding | undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Reads the arguments of a document, which may hold anything; what is not as it should be takes its default. */
export function tableOptions(args: SourceArgs): TableOptions {
  const {
    file,
    asset,
    label,
    ignored,
    words,
    missing,
    scale,
    standardize,
    testRows,
    separator,
    header,
    decimal,
    thousands,
    comment,
    encoding,
  } = args;
  const dialect: { -readonly [K in keyof Dialect]?: Dialect[K] } = {};
  const found = SEPARATORS.find((each) => each === separator);
  if (found) dialect.separator = found;
  if (typeof header === 'boolean') dialect.header = header;
  const decimalSign = DECIMALS.find((each) => each === decimal);
  if (decimalSign) dialect.decimal = decimalSign;
  const between = THOUSANDS.find((each) => each === thousands);
  if (between !== undefined && between !== decimalSign) dialect.thousands = between;
  const commentSign = COMMENTS.find((each) => each === comment);
  if (commentSign !== undefined) dialect.comment = commentSign;
  return {
    file: isText(file) ? file : '',
    asset: isText(asset) ? asset : undefined,
    label: isText(label) ? label : '',
    ignored: Array.isArray(ignored) ? ignored.filter(isText) : [],
    words:
      typeof words === 'object' && words !== null
        ? (Object.fromEntries(Object.entries(words).filter(([, how]) => how === 'index' || how === 'oneHot')) as TableOptions['words'])
        : {},
    missing: missing === 'mean' || missing === 'zero' ? missing : 'skip',
    scale: typeof scale === 'number' ? scale : 1,
    standardize: standardize === true,
    testRows: typeof testRows === 'number' ? testRows : 0,
    dialect,
    encoding: ENCODINGS.find((each) => each === encoding),
  };
}
