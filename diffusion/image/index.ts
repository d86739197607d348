export { encodePng, encodePreview } from './encode.ts'
export { type PictureStatistics, pictureStatistics } from './statistics.ts'
export { fromRgb8, toRgb8 } from './to-rgb8.ts'
