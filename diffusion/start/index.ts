export { toSigned } from './init-image.ts'
export { type StartNow, startPicture } from './start-picture.ts'
