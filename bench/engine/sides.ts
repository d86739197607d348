import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { renderingEnvironment } from '#diffusion'
import type { RowName } from './rows.ts'

export interface Measurement {
  seconds: number
  /** Largest resident memory of the process, bytes. */
  peak: number
}

export const threads = Math.min(availableParallelism(), 8)
/** Of one measurement, after loading. */
const seconds = '5'

function output(command: string, args: readonly string[], env = process.env): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, env })
  if (status !== 0) throw new Error(`${command} ${args.slice(0, 3).join(' ')} failed: ${stderr.slice(-2000)}`)

  return stdout
}

/** A Python with PyTorch of its own below the folder, installed when it is missing. */
export function installTorch(folder: string): string {
  const home = join(folder, 'venv')
  const python = join(home, 'bin/python')
  if (!existsSync(join(home, 'ready'))) {
    console.error('• installing PyTorch (once)')
    output('python3', ['-m', 'venv', home])
    output(python, ['-m', 'pip', 'install', '--quiet', '--upgrade', 'torch', 'numpy'])
    output(python, ['-c', `import torch; open(r'${join(home, 'ready')}', 'w').write(torch.__version__)`])
  }

  return python
}

export const torchVersion = (folder: string): string => readFileSync(join(folder, 'venv/ready'), 'utf8')

export function ours(row: RowName, folder: string): Measurement {
  const script = join(import.meta.dirname, 'ours.ts')

  return JSON.parse(
    output('node', ['--import', 'tsx', script, row, folder, seconds, `${threads}`], renderingEnvironment()),
  ) as Measurement
}

/** The reference; `gemm` is one product of 2048 × 2048 matrices. */
export function theirs(
  row: RowName | 'gemm',
  folder: string,
  layout: 'plain' | 'channels_last',
): Measurement {
  const script = join(import.meta.dirname, 'reference/main.py')
  const python = join(folder, 'venv/bin/python')

  return JSON.parse(output(python, [script, row, folder, seconds, `${threads}`, layout])) as Measurement
}

/** |ours - theirs| / |theirs| of what the two sides wrote last. */
export function difference(folder: string, row: RowName): number {
  const [a, b] = ['ours', 'theirs'].map((side) => {
    const bytes = readFileSync(join(folder, `${row}.${side}.f32`))

    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  }) as [Float32Array, Float32Array]
  let [apart, size] = [0, 0]
  b.forEach((value, k) => {
    apart += (a[k]! - value) ** 2
    size += value ** 2
  })

  return Math.sqrt(apart / size)
}
