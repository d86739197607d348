import { parameterNamed } from '../parameters/parameter.ts'

/** Kinds whose values are words of people, so that `&` and commas may belong to them. */
const wordy = new Set(['prompts', 'text', 'image'])

/**
 * Cuts an axis text at the `&` that link parameters. Inside words only `& name:` links; a doubtful `&` stays text
 * and is noted.
 */
export function splitParts(text: string): { parts: string[]; notices: string[] } {
  const parts: string[] = []
  const notices: string[] = []
  let start = 0
  for (const match of text.matchAll(/&\s*([A-Za-z_]\w*)(\s*[:=]|\s)/g)) {
    if (match.index < start) continue
    const current = text.slice(start, match.index)
    const parameter = parameterNamed(/^\s*([A-Za-z_]\w*)/.exec(current)?.[1] ?? '')
    const words = parameter !== undefined && wordy.has(parameter.kind)
    if (words && insideQuotes(current)) continue
    const known = match[1] === 'seeds' || parameterNamed(match[1]!) !== undefined
    if (words && !known) continue
    if (words && match[2]!.trim() === '') {
      notices.push(
        `${parameter.name}: "& ${match[1]}" is read as part of the text; write "& ${match[1]}:" to link the parameter.`,
      )
      continue
    }
    parts.push(current)
    start = match.index + 1
  }
  parts.push(text.slice(start))

  return { parts: parts.map((part) => part.trim()), notices }
}

/** An odd number of plain double quotes before: a JSON value is still open. */
function insideQuotes(text: string): boolean {
  return (text.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1
}
