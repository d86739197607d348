import { parseStudyFile, readSettings, type StudyFile, TeststripError } from '#study'

export type Filled = { ok: true; file: StudyFile; notices: string[] } | { ok: false; says: string }

/** A dropped sheet or study file replaces the draft; settings of Disco Diffusion become its recipe and leave the axes alone. */
export async function readDropped(dropped: File, draft: StudyFile): Promise<Filled> {
  if (dropped.type === 'image/png' || /\.png$/i.test(dropped.name)) return readSheetPicture(dropped)

  const text = await dropped.text()
  try {
    if (/^\s*["']?teststrip["']?\s*:|"teststrip"\s*:/m.test(text))
      return { ok: true, file: parseStudyFile(text), notices: [] }
    const { patch, unknown, notices } = readSettings(text)

    return { ok: true, file: { ...draft, recipe: patch, ...withKept(draft, dropped.name, unknown) }, notices }
  } catch (error) {
    if (error instanceof TeststripError) return { ok: false, says: `${dropped.name}: ${error.message}` }
    throw error
  }
}

const longestNotes = 20_000

/** Keys that no parameter answers to go into the notes, where they travel with the study. */
function withKept(
  { notes = '' }: StudyFile,
  name: string,
  unknown: Record<string, unknown>,
): Pick<StudyFile, 'notes'> {
  const lines = Object.entries(unknown).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  const kept = [notes, [`Kept from ${name}:`, ...lines].join('\n')].filter((part) => part !== '').join('\n\n')

  return lines.length > 0 && kept.length <= longestNotes ? { notes: kept } : {}
}

/** The study inside a sheet is read by the server: a PNG from elsewhere is hostile until its chunks are checked. */
async function readSheetPicture(dropped: File): Promise<Filled> {
  const response = await fetch('/api/open', { method: 'POST', body: dropped })
  const answer = (await response.json()) as { file?: unknown; error?: { message: string } }
  if (!response.ok)
    return { ok: false, says: `${dropped.name}: ${answer.error?.message ?? 'it could not be read.'}` }

  return { ok: true, file: parseStudyFile(answer.file), notices: [] }
}
