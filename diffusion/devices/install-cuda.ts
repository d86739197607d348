import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { TeststripError } from '#study'
import { providerFolder, providerLibraries } from './cuda-needs.ts'

export interface CudaInstaller {
  /** onnxruntime-node's folder, whose own installer brings the provider libraries of exactly its version */
  runtime: string
  /** where they belong */
  folder: string
}

export function thisInstaller(): CudaInstaller {
  const main = createRequire(import.meta.url).resolve('onnxruntime-node')

  return { runtime: dirname(dirname(main)), folder: providerFolder() }
}

/**
 * Fetches the CUDA provider libraries of ONNX Runtime from its NuGet package, some 300 MB, and returns their paths.
 * Throws `unavailable` when the package cannot be reached and `conflict` when it is of another version than the runtime.
 */
export function installCuda({ runtime, folder }: CudaInstaller): string[] {
  const version = (JSON.parse(readFileSync(join(runtime, 'package.json'), 'utf8')) as { version: string })
    .version
  const pinned = createRequire(import.meta.url)(join(runtime, 'script', 'install-metadata-versions.js')) as {
    nuget?: { version: string }[]
  }
  const other = pinned.nuget?.find((source) => source.version !== version)
  if (other || !pinned.nuget?.length)
    throw new TeststripError(
      'conflict',
      `onnxruntime-node ${version} would fetch provider libraries of ${other?.version ?? 'no version'}, which it cannot load. Install another version of it.`,
    )

  const { status, stderr } = spawnSync(process.execPath, [join(runtime, 'script', 'install.js')], {
    cwd: runtime,
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'cuda12' },
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const paths = providerLibraries.map((file) => join(folder, file))
  const missing = paths.filter((path) => !existsSync(path) || statSync(path).size === 0)
  if (status !== 0 || missing.length > 0) {
    const reason = /^\s*(?:\w*Error: )(.+)$/m.exec(stderr)?.[1] ?? `its installer ended with code ${status}`
    throw new TeststripError(
      'unavailable',
      `The CUDA provider libraries of ONNX Runtime ${version} could not be fetched: ${reason}. They come from api.nuget.org (Microsoft.ML.OnnxRuntime.Gpu.Linux ${version}); without that host, put ${providerLibraries.join(' and ')} of that package into ${folder}.`,
    )
  }

  return paths
}
