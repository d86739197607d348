import { parse } from 'yaml'
import { TeststripError } from '../errors.ts'

const longestText = 4_000_000

/** Reads JSON, or YAML where it is not JSON. `what` names the document in the sentence of an error. */
export function readDocument(text: string, what: string): unknown {
  if (text.length > longestText)
    throw new TeststripError('invalid_input', `${what} is larger than ${longestText} characters.`)

  const content = text.replace(/^\ufeff/, '')
  try {
    return JSON.parse(content)
  } catch {
    try {
      // maxAliasCount keeps documents harmless that grow when their aliases are followed.
      const document: unknown = parse(content, { maxAliasCount: 20 })
      // What refers to itself is no document that could be kept or sent; writing it throws.
      JSON.stringify(document)

      return document
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0]!.replace(/:$/, '') : String(error)
      throw new TeststripError('invalid_input', `${what} is neither JSON nor YAML: ${reason}.`)
    }
  }
}
