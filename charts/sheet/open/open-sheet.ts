import { open } from 'node:fs/promises'
import { refused } from '../inside/record.ts'
import type { EmbeddedStudy } from '../sheet-document.ts'
import { readSheet } from './read-sheet.ts'

/** Largest file that is read whole. */
const most = 2 ** 31 - 1

/** The study inside an exported sheet of any format. Throws `invalid_input` with the reason. */
export async function openSheet(path: string): Promise<EmbeddedStudy> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > most) throw refused('it is larger than 2 GiB.')

    return await readSheet(await file.readFile())
  } finally {
    await file.close()
  }
}
