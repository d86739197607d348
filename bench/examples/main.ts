import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadPack, packInfo } from '#diffusion'
import { readyStudies, renderCells } from '../pack-report/ready-studies.ts'
import { openRenderers } from '../pack-report/render-all.ts'
import { atlasOf } from './atlas-of.ts'

/**
 * `npm run examples`: renders every study of the gallery and of the templates with the shipped pack, and writes its
 * pictures beside it. Renders are kept in var/pack-report, so an interrupted run goes on where it was.
 */
const root = resolve(import.meta.dirname, '..', '..')
const cache = join(process.env.TESTSTRIP_DATA ?? join(root, 'var'), 'pack-report', 'renders')
const packFolder = join(root, 'models', 'packs', 'starter')
const pack = packInfo(await loadPack(packFolder))
const renderers = openRenderers({ packFolder, pack, cache })
try {
  for (const part of ['templates', 'gallery']) {
    const folder = join(root, 'examples', part)
    for (const { name, plan } of await readyStudies(folder, pack)) {
      console.error(`• ${part}/${name} (${plan.size} cells)`)
      const cells = await renderCells(plan, renderers)
      writeFileSync(
        join(folder, `${name}.webp`),
        await atlasOf(
          plan,
          cells.map(({ path }) => path),
        ),
      )
    }
  }
  writeFileSync(join(root, 'examples', 'made-with.json'), `${JSON.stringify({ pack: pack.hash }, null, 2)}\n`)
} finally {
  renderers.close()
}
