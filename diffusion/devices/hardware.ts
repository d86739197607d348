import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface NvidiaGpu {
  name: string
  /** bytes */
  memory: number
  driver: string
}

/** NVIDIA's GPUs in the order of cuda:N; none where there is no driver. */
export function nvidiaGpus(list: () => string = askNvidia): NvidiaGpu[] {
  return list()
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 3)
    .map(([name, mebibytes, driver]) => ({
      name: name!,
      memory: Number(mebibytes) * 2 ** 20,
      driver: driver!,
    }))
}

function askNvidia(): string {
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits']

  return spawnSync('nvidia-smi', query, { encoding: 'utf8', timeout: 10_000 }).stdout ?? ''
}

export interface DrmGpu {
  /** PCI ids in hexadecimal, without 0x. */
  vendor: string
  device: string
}

/** PCI vendors of real GPUs; a virtual display adapter is slower than the processor. */
const vendors: Record<string, string> = { '10de': 'NVIDIA', '1002': 'AMD', '8086': 'Intel' }

/** Linux' GPUs in the order of webgpu:N. */
export function drmGpus(folder = '/sys/class/drm'): DrmGpu[] {
  const nodes = list(folder)
    .filter((name) => /^renderD\d+$/.test(name))
    .sort((a, b) => Number(a.slice(7)) - Number(b.slice(7)))
  const id = (node: string, what: string) => {
    try {
      return readFileSync(join(folder, node, 'device', what), 'utf8')
        .trim()
        .replace(/^0x/, '')
    } catch {
      return ''
    }
  }

  return nodes
    .map((node) => ({ vendor: id(node, 'vendor'), device: id(node, 'device') }))
    .filter(({ vendor }) => vendor in vendors)
}

export const vendorName = ({ vendor }: DrmGpu): string => vendors[vendor]!

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Whether WebGPU would find a GPU here and not a program that imitates one. */
export function hasGpu(options: {
  platform: string
  env: Readonly<Record<string, string | undefined>>
  gpus: readonly DrmGpu[]
}): boolean {
  const { platform, env, gpus } = options
  if (platform === 'darwin' || platform === 'win32') return true
  const chosen = env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES ?? ''

  return gpus.length > 0 && !/swiftshader|lvp|llvmpipe/i.test(chosen)
}
