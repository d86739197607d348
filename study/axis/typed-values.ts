import { show } from '../parameters/check-value.ts'
import { fail } from './failure.ts'

/** A value written as JSON. */
export function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return fail(`${name}: ${show(text)} is not complete JSON; check its quotes and brackets.`)
  }
}

/** Cut at `|`, but not inside the quotes and brackets of a JSON value. */
export function alternatives(text: string): string[] {
  const items: string[] = []
  let item = ''
  let depth = 0
  let quoted = false
  let structured = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (item.trim() === '') structured = /[[{"]/.test(char)
    if (structured && quoted && char === '\\') {
      item += char + (text[++i] ?? '')
      continue
    }
    if (structured && char === '"') quoted = !quoted
    if (structured && !quoted) depth += /[[{]/.test(char) ? 1 : /[\]}]/.test(char) ? -1 : 0
    if (char === '|' && !quoted && depth <= 0) {
      items.push(item)
      item = ''
      depth = 0
    } else item += char
  }

  return [...items, item]
}
