import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { mostRecordBytes, refused } from './record.ts'

configure({ useWebWorkers: false })

/** The record in an exported ZIP, null where there is none. */
export async function recordInZip(file: Uint8Array): Promise<string | null> {
  const zip = new ZipReader(new Uint8ArrayReader(file))
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entry.filename !== 'teststrip.json' || entry.directory) continue
      if (entry.uncompressedSize > mostRecordBytes) throw refused('the study inside is too large.')

      return new TextDecoder().decode(await entry.getData(new Uint8ArrayWriter(), { checkSignature: true }))
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'TeststripError') throw error
    throw refused('the ZIP is damaged or cut off.')
  } finally {
    await zip.close()
  }

  return null
}
