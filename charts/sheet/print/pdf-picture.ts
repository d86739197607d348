import { readPngChunks } from '../inside/read-png-chunks.ts'

/** What the published types of pdfkit leave out. */
interface Document {
  _imageCount: number
  ref(data: object): { write(piece: Uint8Array): void; end(): void }
  openImage(bytes: Buffer): PdfPicture
}

/** A picture as pdfkit takes it: embedded when it is first drawn, and then only named. */
export interface PdfPicture {
  width: number
  height: number
}

/** Opens a plain picture (`pictureFacts`); null where its bytes are damaged. */
export function openPicture(pdf: PDFKit.PDFDocument, bytes: Uint8Array): PdfPicture | null {
  const document = pdf as unknown as Document
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return file[0] === 0x89 ? new PlainPng(file, `I${++document._imageCount}`) : document.openImage(file)
  } catch {
    return null
  }
}

/**
 * RGB of 8 bits a channel, whose packed rows a PDF holds as they are. pdfkit's own reader takes them byte by byte into
 * an array, which takes ten times the memory of the file.
 */
class PlainPng implements PdfPicture {
  readonly width: number
  readonly height: number
  readonly label: string
  #packed: Buffer[] = []
  obj: ReturnType<Document['ref']> | null = null

  constructor(file: Buffer, label: string) {
    this.label = label
    this.width = file.readUInt32BE(16)
    this.height = file.readUInt32BE(20)
    for (const { type, data } of readPngChunks(file)) if (type === 'IDAT') this.#packed.push(data)
  }

  /** Called by pdfkit, which looks at `obj` to know whether it has been. */
  embed(document: Document): void {
    const { width, height } = this
    const pixel = { BitsPerComponent: 8, ColorSpace: 'DeviceRGB' }
    this.obj = document.ref({
      ...{ Type: 'XObject', Subtype: 'Image', Width: width, Height: height, ...pixel },
      Filter: 'FlateDecode',
      DecodeParms: { Predictor: 15, Colors: 3, BitsPerComponent: 8, Columns: width },
    })
    for (const piece of this.#packed) this.obj.write(piece)
    this.obj.end()
    this.#packed = []
  }
}
