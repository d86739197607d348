import { deflateSync, inflateSync } from 'node:zlib'
import { mostRecordBytes, refused } from './record.ts'
import { xmlText } from './xml-text.ts'

/** Our name in XMP; an identifier, nothing is fetched from it. */
const namespace = 'https://teststrip.app/ns/study/1/'
const start = '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>'
const end = '<?xpacket end="r"?>'

/** What people's own tools read beside the study. */
export interface Credits {
  title: string
  author?: string
  licence?: string
}

/** An XMP packet (ISO 16684-1) with the record packed inside. */
export function xmpPacket(record: string, credits: Credits): string {
  return `${start}\n${xmpMeta(rdfOf(record, credits))}\n${end}`
}

export const xmpMeta = (rdf: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${rdf}</rdf:RDF></x:xmpmeta>`

/** The descriptions inside a packet, for writers that make the packet themselves. */
export function rdfOf(record: string, { title, author, licence }: Credits): string {
  const packed = deflateSync(record, { level: 9 }).toString('base64')
  const words = (list: 'Alt' | 'Seq', text: string) =>
    `<rdf:${list}><rdf:li${list === 'Alt' ? ' xml:lang="x-default"' : ''}>${xmlText(text)}</rdf:li></rdf:${list}>`

  return [
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<dc:title>${words('Alt', title)}</dc:title>`,
    author ? `<dc:creator>${words('Seq', author)}</dc:creator>` : '',
    licence ? `<dc:rights>${words('Alt', licence)}</dc:rights>` : '',
    '</rdf:Description>',
    `<rdf:Description rdf:about="" xmlns:teststrip="${namespace}"><teststrip:study>${packed}</teststrip:study></rdf:Description>`,
  ].join('')
}

/**
 * The record in a file whose packets are stored as they are: WebP, AVIF, GIF, MP4, SVG, HTML and PDF. They are found
 * by their markers, as XMP Part 3 asks of readers that do not know a format. Null where there is none.
 */
export function recordInPackets(file: Buffer): string | null {
  const open = Buffer.from('<teststrip:study>')
  const close = Buffer.from('</teststrip:study>')
  const at = file.indexOf(open)
  if (at < 0) return null
  const to = file.indexOf(close, at)
  if (to < 0) throw refused('the study inside is cut off.')
  if (file.indexOf(open, to) >= 0) throw refused('it holds two studies.')

  return unpackRecord(file.toString('latin1', at + open.length, to))
}

function unpackRecord(packed: string): string {
  if (packed.length > mostRecordBytes) throw refused('the study inside is too large.')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(packed.trim())) throw refused('the study inside is damaged.')

  return inflated(Buffer.from(packed, 'base64'))
}

/** Unpacks no more than a record may be. */
export function inflated(packed: Uint8Array): string {
  try {
    return inflateSync(packed, { maxOutputLength: mostRecordBytes }).toString('utf8')
  } catch {
    throw refused('the study inside is damaged or too large.')
  }
}
