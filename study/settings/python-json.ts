import { SpelledNumber } from './spelled-numbers.ts'

/**
 * JSON as the notebook writes it (`json.dump` with indent 4, non-ASCII kept): like `JSON.stringify`, but with
 * Python's spelling of small fractions, 1e-05 instead of 0.00001.
 */
export function pythonJson(value: unknown, indent = ''): string {
  const inner = `${indent}    `
  const block = (open: string, close: string, lines: readonly string[]): string =>
    lines.length === 0
      ? open + close
      : `${open}\n${lines.map((line) => inner + line).join(',\n')}\n${indent}${close}`

  if (typeof value === 'number') return pythonNumber(value)
  if (value instanceof SpelledNumber) return value.text
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value))
    return block(
      '[',
      ']',
      value.map((item) => pythonJson(item, inner)),
    )

  return block(
    '{',
    '}',
    Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pythonJson(item, inner)}`),
  )
}

function pythonNumber(value: number): string {
  if (value === 0 || Math.abs(value) >= 1e-4) return String(value)
  const [digits, exponent] = value.toExponential().split('e-') as [string, string]

  return `${digits}e-${exponent.padStart(2, '0')}`
}
