/** A line of prompts as two fields. The weight stays text, so that `1.50` is not rewritten while it is typed. */
export interface PromptLine {
  text: string
  weight: string
}

const weightAtEnd = /^(.*):\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*$/is

/** `fog:-0.5` → fog, −0.5; without a weight it is 1. A colon of the text itself stays in the text. */
export function splitPrompt(line: string): PromptLine {
  const match = weightAtEnd.exec(line)

  return match ? { text: match[1]!, weight: match[2]! } : { text: line, weight: '1' }
}

/** The weight is left out where it is 1, unless a colon in the text would then be read as one. */
export const joinPrompt = ({ text, weight }: PromptLine): string =>
  Number(weight) === 1 && !text.includes(':') ? text : `${text}:${weight}`

/** What was typed or pasted as one line that can be kept: without breaks, NUL, and halves of emoji. */
export const asLine = (text: string): string =>
  text
    .replaceAll('\0', '')
    .replace(/\p{Cs}/gu, '')
    .replace(/[\r\n]+/g, ' ')
