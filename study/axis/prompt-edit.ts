import type { Prompts } from '../parameters/define.ts'
import { splitWeight } from '../prompts/parse-prompt.ts'

/**
 * A change to the prompts in force, wherever they come from: the base recipe, or whole prompts on another axis.
 * What an edit looks for is matched letter by letter; a prompt without it stays as it is.
 */
export type PromptEdit =
  | { kind: 'swap'; find: string; replace: string }
  /** takes words out and closes the gap they leave; '' drops nothing */
  | { kind: 'drop'; find: string }
  /** gives every prompt that holds the words this weight */
  | { kind: 'weight'; find: string; weight: number }
  /** puts these words, in this order, into the places where they stand */
  | { kind: 'order'; parts: string[] }

/** All prompts of a recipe after the edit. */
export function editPrompts(prompts: Prompts, edit: PromptEdit): Prompts {
  return Object.fromEntries(
    Object.entries(prompts).map(([frame, lines]) => [frame, lines.map((line) => editLine(line, edit))]),
  )
}

/** Whether an edit finds what it looks for. */
export function finds(prompts: Prompts, edit: PromptEdit): boolean {
  const lines = Object.values(prompts).flat()
  const wanted = edit.kind === 'order' ? edit.parts : [edit.find]

  return lines.some((line) => wanted.every((words) => line.includes(words)))
}

function editLine(line: string, edit: PromptEdit): string {
  switch (edit.kind) {
    case 'swap':
      return line.replaceAll(edit.find, () => edit.replace)
    case 'drop':
      return edit.find !== '' && line.includes(edit.find) ? closeGaps(line.replaceAll(edit.find, '')) : line
    case 'weight':
      return line.includes(edit.find) ? `${splitWeight(line)?.text ?? line}:${edit.weight}` : line
    case 'order':
      return inOrder(line, edit.parts)
  }
}

/** Doubled spaces and commas that words left behind. */
function closeGaps(line: string): string {
  return line
    .replace(/\s{2,}/g, ' ')
    .replace(/\s+,/g, ',')
    .replace(/,(?:\s*,)+/g, ',')
    .replace(/^[\s,]+|[\s,]+$/g, '')
    .replace(/[\s,]+(:[-+.\d]+)$/, '$1')
}

function inOrder(line: string, parts: readonly string[]): string {
  const places = parts
    .map((part) => ({ from: line.indexOf(part), to: line.indexOf(part) + part.length }))
    .sort((a, b) => a.from - b.from)
  const apart = places.every(({ from }, k) => from >= (k === 0 ? 0 : places[k - 1]!.to))
  if (!apart) return line

  let text = ''
  let read = 0
  for (const [k, { from, to }] of places.entries()) {
    text += line.slice(read, from) + parts[k]!
    read = to
  }

  return text + line.slice(read)
}
