/** Formats of pictures that are taken in, by the names of the decoder. AVIF is `heif` there. */
export const pictureFormats: readonly string[] = ['png', 'jpeg', 'webp', 'gif', 'tiff', 'heif']

/** The same in words, as the end of a sentence. */
export const pictureFormatWords = 'PNG, JPEG, WebP, GIF, TIFF or AVIF'

/** Larger files are refused unread. */
export const mostPictureBytes = 64 * 2 ** 20

/** Pictures of more pixels than this are refused before they are unpacked. */
export const mostPicturePixels = 64_000_000
