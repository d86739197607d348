import { parseStudyFile, readSettings, type StudyFile, TeststripError } from '#study'

export type Filled = { ok: true; file: StudyFile; notices: string[] } | { ok: false; says: string }

/** A dropped study file replaces the draft; settings of Disco Diffusion become its recipe and leave the axes alone. */
export async function readDropped(dropped: File, draft: StudyFile): Promise<Filled> {
  const text = await dropped.text()
  try {
    if (/^\s*["']?teststrip["']?\s*:|"teststrip"\s*:/m.test(text))
      return { ok: true, file: parseStudyFile(text), notices: [] }
    const { patch, unknown, notices } = readSettings(text)
    const strangers = Object.keys(unknown)
    const left =
      strangers.length > 0 ? [`Left out, because Teststrip does not know them: ${strangers.join(', ')}.`] : []

    return { ok: true, file: { ...draft, recipe: patch }, notices: [...notices, ...left] }
  } catch (error) {
    if (error instanceof TeststripError) return { ok: false, says: `${dropped.name}: ${error.message}` }
    throw error
  }
}
