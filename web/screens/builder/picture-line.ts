import { parsePrompt } from '#study'

/** A line of image prompts as two fields. The weight stays text, so that `1.50` is not rewritten while it is typed. */
export interface PictureLine {
  name: string
  weight: string
}

/** `sha256:…:2` → the picture and 2; a line that cannot be read stays whole, for the server to tell what is wrong. */
export function splitPicture(line: string): PictureLine {
  try {
    const { text: name } = parsePrompt(line)

    return { name, weight: line.slice(name.length + 1).trim() || '1' }
  } catch {
    return { name: line, weight: '1' }
  }
}

/** The weight is left out where it is 1. */
export const joinPicture = ({ name, weight }: PictureLine): string =>
  Number(weight) === 1 ? name : `${name}:${weight}`
