import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

/**
 * The arrows of ARCHITECTURE.md, enforced: a room reaches another only through its public face
 * (`#room`, `#room/part` as listed in package.json), only if an arrow allows it, and never by a relative path.
 */
const arrows: Record<string, readonly string[]> = {
  study: [],
  diffusion: ['study'],
  blobs: ['study'],
  prisma: ['study'],
  charts: ['study'],
  archive: ['study', 'prisma', 'blobs'],
  workflows: ['study'],
  worker: ['study', 'diffusion', 'charts', 'prisma', 'blobs', 'workflows'],
  web: ['study', 'prisma', 'blobs', 'archive', 'workflows', 'charts'],
  cli: ['study', 'prisma', 'blobs', 'archive', 'workflows', 'charts', 'diffusion', 'scripts'],
  scripts: ['study', 'prisma', 'blobs', 'workflows'],
  // Outside the product: they may look at everything.
  e2e: ['study', 'prisma', 'blobs', 'workflows', 'charts', 'diffusion', 'scripts'],
  bench: ['worker', 'study', 'prisma', 'blobs', 'workflows', 'charts', 'diffusion', 'scripts'],
}
/** `study` is pure, so it may use these pure packages and nothing of Node. */
const pureOnly: Record<string, readonly string[]> = {
  study: ['zod', 'decimal.js', '@noble/hashes', 'yaml', 'jsep'],
}

const root = resolve(import.meta.dirname, '..')
const specifier = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', '.next', 'generated'].includes(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sources(path)
    else if (/\.(ts|tsx|mts|mjs)$/.test(entry.name)) yield path
  }
}

/** The room a specifier leads to, or null for packages and files of the same room. */
function target(room: string, file: string, name: string): string | null {
  if (name.startsWith('#')) return name.slice(1).split('/')[0]!
  if (!name.startsWith('.')) return null
  const room2 = relative(root, resolve(dirname(file), name)).split(sep)[0]!

  return room2 === room ? null : room2
}

const broken: string[] = []
for (const [room, allowed] of Object.entries(arrows)) {
  for (const file of sources(join(root, room))) {
    const isTest = /\.test\.tsx?$|[\\/]testing[\\/]/.test(file)
    for (const [, name] of readFileSync(file, 'utf8').matchAll(specifier)) {
      const to = target(room, file, name!)
      const here = relative(root, file)
      if (to !== null && !(to in arrows)) continue
      if (to !== null && to !== room && name!.startsWith('.') && to !== 'scripts')
        broken.push(`${here}: reaches into ${to} by a path; import '#${to}' instead (${name})`)
      else if (to !== null && to !== room && !allowed.includes(to) && !(isTest && to === 'scripts'))
        broken.push(`${here}: ${room} must not know ${to} (${name})`)
      const pure = pureOnly[room]
      if (
        !isTest &&
        pure &&
        to === null &&
        !name!.startsWith('.') &&
        !pure.some((p) => name === p || name!.startsWith(`${p}/`))
      )
        broken.push(`${here}: ${room} is pure and may not use ${name}`)
    }
  }
}
if (broken.length > 0) {
  console.error(broken.join('\n'))
  process.exit(1)
}
console.log('arrows ok')
