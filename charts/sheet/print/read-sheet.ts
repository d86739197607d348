import { inflateSync } from 'node:zlib'
import { z } from 'zod'
import { parseStudyFile, TeststripError } from '#study'
import type { EmbeddedStudy } from '../sheet-document.ts'
import { crc32 } from './crc32.ts'
import { signature, studyKeyword } from './png-chunks.ts'

/** A record of 1,000,000 render keys fits; a bomb does not. */
const most = { file: 2 ** 31, packed: 64 * 2 ** 20, text: 128 * 2 ** 20 }

const axes = z.array(z.int().min(0).max(99)).max(100)
const recordSchema = z.object({
  teststrip: z.literal(1),
  study: z.object({ id: z.string().max(200), title: z.string().max(2000) }),
  file: z.string(),
  view: z.object({
    columns: axes,
    rows: axes,
    groups: axes.optional(),
    pages: axes.optional(),
    slider: z
      .array(z.object({ axis: z.int().min(0).max(99), point: z.int().min(0) }))
      .max(100)
      .optional(),
  }),
  pack: z.object({ name: z.string().max(200), hash: z.string().max(200) }),
  renderKeys: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(1_000_000),
})

const refused = (why: string) => new TeststripError('invalid_input', `This picture cannot be opened: ${why}`)

/**
 * The study inside a printed sheet. The file may be anything: every length and checksum is checked, what is unpacked
 * is bounded, and what it says is checked like a study file that somebody wrote. Throws `invalid_input` with the reason.
 */
export function readSheet(png: Uint8Array): EmbeddedStudy {
  const packed = findStudy(Buffer.from(png.buffer, png.byteOffset, png.byteLength))
  const parsed = recordSchema.safeParse(parseJson(unpack(packed)))
  if (!parsed.success) throw refused('the study inside is not written as Teststrip writes it.')

  return { ...parsed.data, file: parseStudyFile(parsed.data.file) }
}

/** Walks all chunks and gives the text part of the one that holds the study. */
function findStudy(png: Buffer): Buffer {
  if (!png.subarray(0, 8).equals(signature))
    throw refused('it is not a PNG file; choose a sheet that Teststrip has exported.')
  if (png.length > most.file) throw refused('it is larger than 2 GiB.')

  let found: Buffer | null = null
  let isEnded = false
  let at = 8
  while (at < png.length && !isEnded) {
    if (at + 12 > png.length) throw refused('the file is cut off.')
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    if (!/^[A-Za-z]{4}$/.test(type)) throw refused('the file is damaged.')
    if (at + 12 + length > png.length) throw refused('the file is cut off.')
    if (at === 8 && (type !== 'IHDR' || length !== 13)) throw refused('the file is damaged.')
    const data = png.subarray(at + 8, at + 8 + length)
    if (crc32(png.subarray(at + 4, at + 8 + length)) !== png.readUInt32BE(at + 8 + length))
      throw refused(`a checksum is wrong (${type}), so the file was damaged or changed.`)
    if (type === 'iTXt' && data.toString('latin1', 0, studyKeyword.length + 1) === `${studyKeyword}\0`) {
      if (found) throw refused('it holds two studies.')
      found = data.subarray(studyKeyword.length + 1)
    }
    isEnded = type === 'IEND'
    at += 12 + length
  }
  if (!isEnded) throw refused('the file is cut off.')
  if (!found)
    throw refused(
      'there is no study inside. It was not exported by Teststrip, or an application has removed the study when it saved the picture again.',
    )

  return found
}

/** Flag, method, language, translated keyword, then the text, compressed or not. */
function unpack(data: Buffer): string {
  const [flag, method] = data
  const language = data.indexOf(0, 2)
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1)
  if (translated < 0 || (flag !== 0 && flag !== 1) || method !== 0)
    throw refused('the study inside is damaged.')
  const text = data.subarray(translated + 1)
  if (text.length > (flag === 1 ? most.packed : most.text)) throw refused('the study inside is too large.')
  if (flag === 0) return text.toString('utf8')

  try {
    return inflateSync(text, { maxOutputLength: most.text }).toString('utf8')
  } catch {
    throw refused('the study inside is damaged or too large.')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refused('the study inside is damaged.')
  }
}
