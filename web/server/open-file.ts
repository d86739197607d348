import { readSheet } from '#charts/print'
import { parseStudyFile, readSettings, TeststripError } from '#study'
import type { Opened } from '../wire/opened.ts'

/** Enough to tell text from a picture. */
const lookedAt = 4096

/** Reads a sheet, a study file or a settings file, whatever it is called; throws `invalid_input` for anything else. */
export async function openFile(bytes: Uint8Array): Promise<Opened> {
  if (bytes.length === 0) throw new TeststripError('invalid_input', 'The file is empty.')
  if (!looksLikeText(bytes)) return { kind: 'study', file: (await readSheet(bytes)).file, notices: [] }

  const text = new TextDecoder().decode(bytes)
  if (/^\s*["']?teststrip["']?\s*:|"teststrip"\s*:/m.test(text.slice(0, lookedAt)))
    return { kind: 'study', file: parseStudyFile(text), notices: [] }
  const { patch, unknown, notices } = readSettings(text)

  return { kind: 'settings', recipe: patch, unknown, notices }
}

/** Texts hold no NUL, and pictures hold one soon; markup is a picture here (SVG), and so is a PDF. */
function looksLikeText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, lookedAt)
  const first = head.find((byte) => byte > 0x20)

  return !head.includes(0) && ![0x3c, 0x89, 0x25].includes(first ?? 0)
}
