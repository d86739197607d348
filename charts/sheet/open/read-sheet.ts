import { TeststripError } from '#study'
import { xmpOfJpeg } from '../inside/jpeg-segments.ts'
import { pictureKeyword, signature, studyKeyword } from '../inside/png-chunks.ts'
import { readPngTexts } from '../inside/png-texts.ts'
import { readRecord, refused } from '../inside/record.ts'
import { recordInPackets } from '../inside/xmp.ts'
import { recordInZip } from '../inside/zip-record.ts'
import type { EmbeddedStudy } from '../sheet-document.ts'

/**
 * The study inside an exported sheet, whatever its format. The file may be anything: lengths and checksums are
 * checked, what is unpacked is bounded, and what it says is checked like a study file that somebody wrote.
 */
export async function readSheet(bytes: Uint8Array): Promise<EmbeddedStudy> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const record = await recordOf(file)
  if (record === null)
    throw refused(
      'there is no study inside. It was not exported by Teststrip, or an application has removed the study when it saved the file again; the QR code and the id at the foot of a sheet still say which study it is.',
    )

  return readRecord(record)
}

async function recordOf(file: Buffer): Promise<string | null> {
  if (file.subarray(0, 8).equals(signature)) return recordInPng(file)
  const head = file.toString('latin1', 0, 4)
  if (head.startsWith('\xff\xd8')) return recordInPackets(xmpOfJpeg(file))
  if (head === 'PK\x03\x04') return recordInZip(file)

  return recordInPackets(file)
}

function recordInPng(file: Buffer): string | null {
  const texts = readPngTexts(file, [studyKeyword, pictureKeyword])
  const record = texts.get(studyKeyword) ?? null
  if (record === null && texts.has(pictureKeyword))
    throw new TeststripError(
      'invalid_input',
      'This is a single picture, not a sheet: it holds its recipe as Disco Diffusion settings, but no study.',
      { isPicture: true },
    )

  return record
}
