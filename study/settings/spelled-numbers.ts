/** A number as a file spelled it: Python tells 1.0 from 1, JavaScript does not. */
export class SpelledNumber {
  constructor(readonly text: string) {}
}

const member = /"(?:[^"\\]|\\.)*"(?:\s*:\s*(-?\d[^\s,\]}]*|\[[-+\d.eE,\s]*\]))?/g

/** What a text has as numbers, or lists of them, under a name, spelled as there; nothing where it is not JSON. */
export function spelledNumbers(text: string): Map<string, string> {
  const spelled = new Map<string, string>()
  if (!isJson(text)) return spelled

  for (const [whole, value] of text.matchAll(member)) {
    if (value === undefined) continue
    const name = JSON.parse(whole.slice(0, whole.length - value.length).replace(/\s*:\s*$/, '')) as string
    spelled.set(name, value)
  }

  return spelled
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)

    return true
  } catch {
    return false
  }
}

/** `value` in that spelling if it still is the number, or list of numbers, that was spelled; else itself. */
export function respelled(value: unknown, spelling: string | undefined): unknown {
  if (spelling === undefined || JSON.stringify(JSON.parse(spelling)) !== JSON.stringify(value)) return value
  if (!Array.isArray(value)) return new SpelledNumber(spelling)

  return spelling
    .slice(1, -1)
    .split(',')
    .filter((item) => item.trim() !== '')
    .map((item) => new SpelledNumber(item.trim()))
}
