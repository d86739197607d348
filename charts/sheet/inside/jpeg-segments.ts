import { createHash } from 'node:crypto'
import { refused } from './record.ts'

const standard = 'http://ns.adobe.com/xap/1.0/\0'
const extension = 'http://ns.adobe.com/xmp/extension/\0'
/** A segment holds 65,533 bytes behind its length. */
const mostStandard = 65_533 - standard.length
/** GUID, whole length and offset stand before each piece (XMP Part 3, §1.1.3.1). */
const mostPiece = 65_533 - extension.length - 32 - 8

/** An XMP packet as APP1 segments: one, or an announcement and the packet in pieces where it is larger than a segment. */
export function jpegSegments(packet: string): Buffer[] {
  const whole = Buffer.from(packet)
  if (whole.length <= mostStandard) return [segment(Buffer.concat([Buffer.from(standard, 'latin1'), whole]))]

  const guid = createHash('md5').update(whole).digest('hex').toUpperCase()
  const note = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="${guid}"/></rdf:RDF></x:xmpmeta>`
  const pieces: Buffer[] = []
  for (let at = 0; at < whole.length; at += mostPiece) {
    const place = Buffer.alloc(8)
    place.writeUInt32BE(whole.length)
    place.writeUInt32BE(at, 4)
    pieces.push(
      segment(
        Buffer.concat([Buffer.from(extension + guid, 'latin1'), place, whole.subarray(at, at + mostPiece)]),
      ),
    )
  }

  return [segment(Buffer.from(standard + note, 'latin1')), ...pieces]
}

function segment(data: Buffer): Buffer {
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)

  return Buffer.concat([head, data])
}

/** All XMP of a JPEG, put together; empty where it has none. */
export function xmpOfJpeg(file: Buffer): Buffer {
  const packets: Buffer[] = []
  const pieces: { at: number; data: Buffer }[] = []
  for (const data of segments(file)) {
    if (data.toString('latin1', 0, standard.length) === standard) packets.push(data.subarray(standard.length))
    else if (data.toString('latin1', 0, extension.length) === extension) {
      const place = extension.length + 32
      if (data.length < place + 8) throw refused('the study inside is damaged.')
      pieces.push({ at: data.readUInt32BE(place + 4), data: data.subarray(place + 8) })
    }
  }
  pieces.sort((a, b) => a.at - b.at)
  let end = 0
  for (const { at, data } of pieces) {
    if (at !== end) throw refused('a part of the study inside is missing.')
    end += data.length
  }

  return Buffer.concat([...packets, ...pieces.map(({ data }) => data)])
}

/** The APP1 segments in front of the picture. */
function* segments(file: Buffer): Generator<Buffer> {
  for (let at = 2; at < file.length; ) {
    if (at + 4 > file.length) throw refused('the file is cut off.')
    if (file[at] !== 0xff) throw refused('the file is damaged.')
    const marker = file[at + 1]!
    // Start of scan: what follows are pixels.
    if (marker === 0xda || marker === 0xd9) return
    const length = file.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > file.length) throw refused('the file is cut off.')
    if (marker === 0xe1) yield file.subarray(at + 4, at + 2 + length)
    at += 2 + length
  }
}
