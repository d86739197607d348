import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'

/** Every module of the viewer but its first only says what it is, so what is not used of `#study` is left out. */
const pure: Plugin = {
  name: 'pure',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /.*/ }, async ({ path, pluginData, ...where }) => {
      if (pluginData === 'resolving' || where.kind === 'entry-point') return

      return { ...(await resolve(path, { ...where, pluginData: 'resolving' })), sideEffects: false }
    })
  },
}

let bundled: Promise<{ script: string; css: string }> | undefined

/** The viewer's script and style as they stand in a page, made once per process. */
export function bundleViewer(): Promise<{ script: string; css: string }> {
  bundled ??= bundle()

  return bundled
}

async function bundle(): Promise<{ script: string; css: string }> {
  const folder = join(import.meta.dirname, 'viewer')
  const one = async (file: string): Promise<string> => {
    const { outputFiles } = await build({
      entryPoints: [join(folder, file)],
      bundle: true,
      minify: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      legalComments: 'none',
      plugins: [pure],
    })

    return outputFiles[0]!.text.trim()
  }

  return { script: await one('main.ts'), css: await one('viewer.css') }
}
