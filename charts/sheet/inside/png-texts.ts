import { signature } from './png-chunks.ts'
import { readPngChunks } from './read-png-chunks.ts'
import { mostRecordBytes, refused } from './record.ts'
import { inflated } from './xmp.ts'

/**
 * International texts of a PNG by keyword, of those asked for. The file may be anything: every length and checksum is
 * checked, and what is unpacked is bounded.
 */
export function readPngTexts(bytes: Uint8Array, keywords: readonly string[]): Map<string, string> {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!png.subarray(0, 8).equals(signature)) throw refused('it is not a PNG file.')

  const found = new Map<string, string>()
  for (const { type, data } of readPngChunks(png)) {
    if (type !== 'iTXt') continue
    const keyword = data.toString('latin1', 0, Math.max(0, data.indexOf(0)))
    if (!keywords.includes(keyword)) continue
    if (found.has(keyword)) throw refused('it holds two studies.')
    found.set(keyword, unpack(data.subarray(keyword.length + 1)))
  }

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
  if (text.length > mostRecordBytes) throw refused('the study inside is too large.')

  return flag === 0 ? text.toString('utf8') : inflated(text)
}
