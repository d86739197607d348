import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { installCuda } from './install-cuda.ts'

/** A runtime of some version whose installer does what `script` says. */
function runtime({ script, libraries = '1.2.3' }: { script: string; libraries?: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'teststrip-cuda-'))
  mkdirSync(join(folder, 'script'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.3' }))
  writeFileSync(
    join(folder, 'script/install-metadata-versions.js'),
    `module.exports = { nuget: [{ feed: 'nuget', version: '${libraries}' }] }`,
  )
  writeFileSync(join(folder, 'script/install.js'), script)

  return { runtime: folder, folder }
}

const writes = `
  if (process.env.ONNXRUNTIME_NODE_INSTALL !== 'cuda12') process.exit(3)
  for (const kind of ['shared', 'cuda'])
    require('node:fs').writeFileSync(\`libonnxruntime_providers_\${kind}.so\`, 'library')
`

it("runs onnxruntime-node's own installer and finds what it brought", () => {
  const paths = installCuda(runtime({ script: writes }))
  expect(paths.map((path) => path.split('/').at(-1))).toEqual([
    'libonnxruntime_providers_shared.so',
    'libonnxruntime_providers_cuda.so',
  ])
})

it('a failed download is one sentence with its reason and what to do', () => {
  const failing = runtime({ script: "throw new Error('getaddrinfo ENOTFOUND api.nuget.org')" })
  expect(() => installCuda(failing)).toThrow(/1\.2\.3 could not be fetched: getaddrinfo ENOTFOUND.*put lib/)
  expect(() => installCuda(runtime({ script: '' }))).toThrow(/could not be fetched/)
})

it('libraries of another version are refused before anything is fetched', () => {
  expect(() => installCuda(runtime({ script: writes, libraries: '1.2.4' }))).toThrow(/of 1\.2\.4/)
})
