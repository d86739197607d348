import type { Recipe } from '../parameters/catalogue.ts'

/** Bytes per pixel of a rendered picture as it is kept, as measured on the bundled studies. */
const perPixel = 1.8

/** Bytes that the pictures of one render take on disk, those on the way included; about, as pictures differ. */
export function diskBytes({ width_height: [width, height], n_batches, intermediate_saves }: Recipe): number {
  const onTheWay = Array.isArray(intermediate_saves) ? intermediate_saves.length : intermediate_saves

  return Math.round(width * height * perPixel * n_batches * (1 + onTheWay))
}
