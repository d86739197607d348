// Generates the Prisma client from prisma/schema.prisma unless it is there already. Plain JavaScript without
// dependencies: it runs right after `npm ci`, before anything can be imported from the project.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const schema = join(root, 'prisma', 'schema.prisma')
const generated = join(root, 'prisma', 'generated')
const stamp = join(generated, '.generated-from')
const prismaPackage = createRequire(join(root, 'package.json')).resolve('prisma/package.json')

/** What the client depends on: the schema and Prisma's version. */
const wanted = createHash('sha256')
  .update(readFileSync(schema))
  .update(JSON.parse(readFileSync(prismaPackage, 'utf8')).version)
  .digest('hex')

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
  console.log('Prisma client: up to date')
  process.exit(0)
}

const started = Date.now()
const run = spawnSync(
  process.execPath,
  [join(dirname(prismaPackage), 'build', 'index.js'), 'generate', '--no-hints', `--schema=${schema}`],
  {
    cwd: root,
    encoding: 'utf8',
    // Prisma fetches its schema engine before any command, even `generate`, which works without it. A stand-in
    // keeps this step free of downloads. (Migrations never go through Prisma's command line, see prisma/migrate.ts.)
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  },
)
if (run.status !== 0) {
  console.error(`Prisma client: generating it from prisma/schema.prisma failed.\n${run.stdout}${run.stderr}`)
  process.exit(1)
}
writeFileSync(stamp, wanted)
console.log(`Prisma client: generated in ${((Date.now() - started) / 1000).toFixed(1)} s`)
