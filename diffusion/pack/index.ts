export { loadPack } from './load-pack.ts'
export type { ClipPart, Pack, PackPart } from './pack.ts'
export { packInfo } from './pack-info.ts'
export type { ClipEntry, PackManifest, UnetConfig } from './schema.ts'
