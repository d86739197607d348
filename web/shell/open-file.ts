import type { StudyFile } from '#study'
import { call, Refused } from '../wire/call.ts'
import type { Opened } from '../wire/opened.ts'

export type OpenedFile = { ok: true; file: StudyFile; notices: string[] } | { ok: false; says: string }

/** More than the server reads: refused here, before it travels. */
const mostBytes = 256 * 2 ** 20

/**
 * What a dropped file makes of a draft: a sheet or study file takes its place; settings of Disco Diffusion become
 * its recipe and leave the axes alone. The server looks inside: a file from elsewhere is hostile until it is checked.
 */
export async function openFile(dropped: File, draft: StudyFile): Promise<OpenedFile> {
  if (dropped.size > mostBytes)
    return {
      ok: false,
      says: `${dropped.name} has ${Math.round(dropped.size / 2 ** 20)} MiB; ${mostBytes / 2 ** 20} are the most that are read.`,
    }
  try {
    const opened = await call<Opened>('/api/open', { method: 'POST', file: dropped })
    const file =
      opened.kind === 'study'
        ? // Checked by the server, whose word is taken: checking again would bring all of #study to every page.
          (opened.file as StudyFile)
        : withSettings(draft, { ...opened, name: dropped.name })

    return { ok: true, file, notices: opened.notices }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, says: `${dropped.name}: ${error.message}` }
    throw error
  }
}

const longestNotes = 20_000

/** Keys that no parameter answers to go into the notes, where they travel with the study. */
export function withSettings(
  draft: StudyFile,
  settings: { name: string; recipe: Record<string, unknown>; unknown: Record<string, unknown> },
): StudyFile {
  const lines = Object.entries(settings.unknown).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  const kept = [draft.notes ?? '', [`Kept from ${settings.name}:`, ...lines].join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
  const hasNews = lines.length > 0 && kept.length <= longestNotes

  return { ...draft, recipe: settings.recipe, ...(hasNews ? { notes: kept } : {}) }
}
