import { nearestParameter, parameterNamed, type RecipePatch } from '#study'
import { wrongUse } from './output.ts'

/** Reads `name=value` pairs: the value as JSON where it is JSON, else as bare text. Later ones win. */
export function readSets(pairs: readonly string[]): RecipePatch {
  const patch: Record<string, unknown> = {}
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    if (equals < 1) throw wrongUse(`--set takes name=value, but got "${pair}".`)
    const name = pair.slice(0, equals).trim()
    const parameter = parameterNamed(name)
    if (!parameter) {
      const near = nearestParameter(name)
      throw wrongUse(`--set: there is no parameter "${name}"${near ? `; did you mean ${near}?` : '.'}`)
    }
    patch[name] = readValue(pair.slice(equals + 1), parameter.kind)
  }

  return patch as RecipePatch
}

function readValue(text: string, kind: string): unknown {
  // A schedule such as [1]*1000 begins like JSON and is none; one of [] of numbers would be read as a list.
  if (kind === 'schedule' && text.trim().startsWith('[')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
