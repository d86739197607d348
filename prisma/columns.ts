/**
 * A column of a batch, for `unnest`: node-postgres would quote every element, and reading that back takes Postgres longer
 * than writing the rows. So only for numbers and words that need no quotes: keys, statuses, names of our own.
 */
export const plainColumn = (values: readonly (string | number | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`

/** A column of texts without line breaks, such as JSON, for `string_to_array(…, e'\n')`. */
export const linesColumn = (texts: readonly string[]): string => texts.join('\n')
