import QRCode from 'qrcode'
import type { QrCode } from '../sheet-document.ts'

/** The modules of a QR code, error correction M. */
export function qrCode(text: string): QrCode {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })

  return { size: modules.size, modules: Uint8Array.from(modules.data, (module) => (module ? 1 : 0)) }
}
