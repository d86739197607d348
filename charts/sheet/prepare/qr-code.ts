import QRCode from 'qrcode'
import type { QrCode } from '../sheet-document.ts'

/**
 * The modules of a QR code, error correction M. Always in byte mode: packing runs of digits would make the code, and
 * with it the sheet, larger or smaller by the digits that happen to be in a study's id.
 */
export function qrCode(text: string): QrCode {
  const { modules } = QRCode.create([{ data: new TextEncoder().encode(text), mode: 'byte' }], {
    errorCorrectionLevel: 'M',
  })

  return { size: modules.size, modules: Uint8Array.from(modules.data, (module) => (module ? 1 : 0)) }
}
