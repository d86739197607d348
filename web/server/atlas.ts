import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { readCellColumns } from '#prisma'
import { TeststripError } from '#study'
import { cellsInBlock, type TileEdge, tileEdges, tilesAcross } from '../wire/atlas.ts'
import { unpackCells } from '../wire/columns.ts'
import { keptFile } from './kept-file.ts'
import { ledger } from './ledger.ts'
import { tile } from './tile.ts'

/** Tiles made at the same time: sharp has threads of its own, and the pages need some of them. */
const atOnce = 4
const channels = 3

/** `32-7.webp` → tiles of 32 pixels, block 7. */
export function atlasNamed(file: string): { edge: TileEdge; block: number } {
  const [, width, number] = /^(\d+)-(\d{1,6})\.webp$/.exec(file) ?? []
  const edge = tileEdges.find((each) => String(each) === width)
  if (!edge || number === undefined)
    throw new TeststripError(
      'not_found',
      `An atlas is named <${tileEdges.join(' or ')}>-<block>.webp, as in 32-0.webp; not "${file}".`,
    )

  return { edge, block: Number(number) }
}

/**
 * The pictures of one block as they stand now: a hash of which they are, and the atlas itself when it is asked for.
 * Made once per hash and kept as a file.
 */
export async function atlas(
  studyId: string,
  options: { edge: TileEdge; block: number },
): Promise<{ hash: string; picture: () => Promise<Uint8Array> }> {
  const { edge, block } = options
  const from = block * cellsInBlock
  const { records } = await readCellColumns(ledger(), studyId, { from, to: from + cellsInBlock })
  const places: { place: number; sha: string }[] = []
  unpackCells(records, ({ seq, width }, sha) => {
    if (width > 0) places.push({ place: seq - from, sha: Buffer.from(sha).toString('hex') })
  })
  const hash = createHash('sha256')
    .update(JSON.stringify([edge, places]))
    .digest('hex')

  return { hash, picture: () => keptFile('atlases', `${hash}.webp`, () => makeAtlas(edge, places)) }
}

async function makeAtlas(
  edge: TileEdge,
  places: readonly { place: number; sha: string }[],
): Promise<Uint8Array> {
  const width = tilesAcross * edge
  const pixels = Buffer.alloc(width * width * channels)
  const queue = [...places]
  const paint = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const from = await tile(next.sha, edge)
      const left = (next.place % tilesAcross) * edge
      const top = Math.floor(next.place / tilesAcross) * edge
      const line = edge * channels
      for (let y = 0; y < edge; y++)
        pixels.set(from.subarray(y * line, (y + 1) * line), ((top + y) * width + left) * channels)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, paint))

  return sharp(pixels, { raw: { width, height: width, channels } })
    .webp({ quality: 82 })
    .toBuffer()
}
