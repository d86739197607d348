import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import type { ComposeSheet } from '#charts'
import { loadPack, packInfo } from '#diffusion'
import { cellAt, coordsOf, engineVersion, type Plan, renderKey, seqOf } from '#study'
import { readyStudies } from '../pack-report/ready-studies.ts'

const root = resolve(import.meta.dirname, '..', '..')

/** A study that ships, with the pictures that ship beside it. */
export interface ShippedStudy {
  name: string
  study: Pick<ComposeSheet, 'study' | 'plan' | 'cells'>
  picture: (sha: string) => Promise<Uint8Array | null>
}

/** Studies of the gallery and of the templates by name, such as `gallery/eta`; nothing is rendered. */
export async function shippedStudies(names: readonly string[]): Promise<ShippedStudy[]> {
  const pack = packInfo(await loadPack(join(root, 'models', 'packs', 'starter')))
  const folders = ['gallery', 'templates'].map((folder) => ({ folder, path: join(root, 'examples', folder) }))
  const all = await Promise.all(
    folders.map(async ({ folder, path }) =>
      (await readyStudies(path, pack)).map(({ name, plan }) => ({
        ...{ name: `${folder}/${name}`, plan, atlas: join(path, `${name}.webp`) },
      })),
    ),
  )

  return Promise.all(
    names.map(async (name) => {
      const { plan, atlas } = all.flat().find((each) => each.name === name)!
      const files = await tilesOf(plan, atlas)
      const shas = files.map((file) => createHash('sha256').update(file).digest('hex'))

      return {
        name,
        study: {
          study: { id: '0192f3c1-7a00-7000-8000-0123456789ab', title: plan.file.title, file: plan.file },
          plan,
          cells: shas.map((image, seq) => ({
            ...{ seq, image, status: 'done' as const },
            renderKey: renderKey(cellAt(plan, seq).recipe, pack, engineVersion),
          })),
        },
        picture: async (sha) => files[shas.indexOf(sha)] ?? null,
      }
    }),
  )
}

/** The pictures of an atlas (`bench/examples/atlas-of.ts`), by place in the plan. */
async function tilesOf(plan: Plan, atlas: string): Promise<Buffer[]> {
  const [first, ...others] = plan.axes
  const columns = first?.points.length ?? 1
  const { width, height } = await sharp(atlas).metadata()
  const size = { width: width / columns, height: height / (plan.size / columns) }

  return Promise.all(
    Array.from({ length: plan.size }, (_, seq) => {
      const [column = 0, ...rest] = coordsOf(plan, seq)
      const row = seqOf({ axes: others }, rest)
      // Smaller pictures stand in the middle of their tile.
      const [wide, high] = cellAt(plan, seq).recipe.width_height

      return sharp(atlas)
        .extract({
          left: column * size.width + Math.floor((size.width - wide) / 2),
          top: row * size.height + Math.floor((size.height - high) / 2),
          ...{ width: wide, height: high },
        })
        .removeAlpha()
        .png()
        .toBuffer()
    }),
  )
}
