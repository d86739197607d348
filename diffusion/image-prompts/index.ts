export { embedPicture } from './embed-picture.ts'
export { cutCount } from './make-cutouts.ts'
