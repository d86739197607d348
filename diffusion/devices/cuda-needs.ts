import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { nvidiaGpus } from './hardware.ts'

/** One thing that rendering on cuda:N needs. */
export interface CudaNeed {
  name: string
  /** what is missing, and how to get it; null when nothing is */
  missing: string | null
}

/** Where onnxruntime-node looks for provider libraries. */
export function providerFolder(): string {
  const main = createRequire(import.meta.url).resolve('onnxruntime-node')

  return join(dirname(dirname(main)), 'bin', 'napi-v6', process.platform, process.arch)
}

export const providerLibraries = ['libonnxruntime_providers_shared.so', 'libonnxruntime_providers_cuda.so']

/** What the CUDA provider is linked against, by the package that brings it. */
const linked = {
  'CUDA 12': ['libcudart.so.12', 'libcublas.so.12', 'libcublasLt.so.12', 'libcufft.so.11', 'libcurand.so.10'],
  'cuDNN 9': ['libcudnn.so.9'],
}

export interface CudaHost {
  platform: string
  gpus: number
  /** whether a provider library is installed */
  hasProvider(file: string): boolean
  /** whether the system's loader finds a library */
  hasLibrary(name: string): boolean
}

export function thisHost(): CudaHost {
  const folder = providerFolder()
  const known = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? ''
  const folders = (process.env.LD_LIBRARY_PATH ?? '').split(delimiter).filter(Boolean)

  return {
    platform: `${process.platform}/${process.arch}`,
    gpus: nvidiaGpus().length,
    hasProvider: (file) => existsSync(join(folder, file)),
    hasLibrary: (name) =>
      known.includes(`\t${name} `) || folders.some((each) => existsSync(join(each, name))),
  }
}

/** All that cuda:N needs, in the order in which one would see to it. */
export function cudaNeeds(host: CudaHost): CudaNeed[] {
  const isHere = host.platform === 'linux/x64'
  const providers = providerLibraries.filter((file) => !host.hasProvider(file))
  const links = Object.entries(linked).map(([name, files]): CudaNeed => {
    const missing = files.filter((file) => !host.hasLibrary(file))
    const how = `install ${name} and put its folder on LD_LIBRARY_PATH`

    return { name, missing: missing.length === 0 ? null : `${missing.join(', ')} not found; ${how}` }
  })

  return [
    {
      name: 'platform',
      missing: isHere
        ? null
        : `ONNX Runtime for Node has CUDA on linux/x64 only, this is ${host.platform}; use webgpu`,
    },
    {
      name: 'NVIDIA driver',
      missing: host.gpus > 0 ? null : 'nvidia-smi lists no GPU; install the driver (525 or newer)',
    },
    ...links,
    {
      name: 'provider libraries',
      missing:
        providers.length === 0 ? null : `${providers.join(', ')} not installed; run "teststrip setup cuda"`,
    },
  ]
}
