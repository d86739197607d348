import type { Ledger } from './ledger.ts'
import type { BlobRecord } from './record-blob.ts'

/** What the ledger knows of these blobs; nothing of some (thumbnails are not recorded). */
export const blobRecords = async (ledger: Ledger, shas: string[]): Promise<BlobRecord[]> => {
  const rows = await ledger.prisma.blob.findMany({ where: { sha: { in: shas } }, orderBy: { sha: 'asc' } })

  return rows.map(({ sha, bytes, mediaType, width, height }) => ({
    sha,
    bytes: Number(bytes),
    mediaType,
    width: width ?? undefined,
    height: height ?? undefined,
  }))
}
