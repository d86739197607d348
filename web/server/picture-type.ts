const starts: [type: string, offset: number, bytes: string][] = [
  ['image/png', 0, '89504e470d0a1a0a'],
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/webp', 8, '57454250'],
]

/** The media type of picture bytes by their signature, or null: then they are not served as something to render. */
export function pictureType(bytes: Uint8Array): string | null {
  const at = (offset: number, hex: string) =>
    Buffer.from(bytes.subarray(offset, offset + hex.length / 2)).toString('hex') === hex

  return starts.find(([, offset, hex]) => at(offset, hex))?.[0] ?? null
}
