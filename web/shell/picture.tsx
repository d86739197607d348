import type { ImgHTMLAttributes } from 'react'

/**
 * A picture by its immutable address. Not `next/image`: that would encode every render once more, and keep a second
 * store of what is already named by its hash.
 */
export const Picture = ({ alt, ...rest }: ImgHTMLAttributes<HTMLImageElement> & { alt: string }) => (
  // biome-ignore lint/performance/noImgElement: see above
  <img alt={alt} decoding="sync" draggable={false} {...rest} />
)
