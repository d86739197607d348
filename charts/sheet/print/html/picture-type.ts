/** The media type of picture bytes, by how they begin. */
export function pictureType(bytes: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg'
  if (bytes[0] === 0x52 && bytes[8] === 0x57) return 'image/webp'

  return 'image/png'
}

export const pictureExtension = (bytes: Uint8Array): string => pictureType(bytes).slice('image/'.length)
