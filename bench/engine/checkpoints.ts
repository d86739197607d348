import { once } from 'node:events'
import { createWriteStream, existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

type Entry = readonly [name: string, shape: readonly number[]]

/** Names and shapes of the published checkpoints, kept for the tests of the loaders. */
const lists = join(import.meta.dirname, '../../diffusion/testing/keys')

function listed(name: string): Entry[] {
  const lines = readFileSync(join(lists, `${name}.txt`), 'utf8')
    .trim()
    .split('\n')

  return lines.map((line) => {
    const [tensor, shape] = line.split(/ (?=\[)/) as [string, string]

    return [tensor, JSON.parse(shape) as number[]]
  })
}

/** VGG16's convolutions by place, with channels in and out, and the five weightings of LPIPS. */
function lpips(): Entry[] {
  const widths = [
    [0, 3, 64],
    [2, 64, 64],
    [5, 64, 128],
    [7, 128, 128],
    [10, 128, 256],
    [12, 256, 256],
    [14, 256, 256],
    [17, 256, 512],
    [19, 512, 512],
    [21, 512, 512],
    [24, 512, 512],
    [26, 512, 512],
    [28, 512, 512],
  ] as const

  return [
    ...widths.flatMap(([place, ins, outs]): Entry[] => [
      [`features.${place}.weight`, [outs, ins, 3, 3]],
      [`features.${place}.bias`, [outs]],
    ]),
    ...[64, 128, 256, 512, 512].map((width, k): Entry => [`lin${k}.model.1.weight`, [1, width, 1, 1]]),
  ]
}

const networks = {
  unet: () => listed('keys_512'),
  secondary: () => listed('keys_secondary'),
  vit: () => listed('clipkeys_ViT-B-32'),
  rn50: () => listed('clipkeys_RN50'),
  lpips,
}

export type NetworkName = keyof typeof networks

export const checkpointPath = (folder: string, name: NetworkName) => join(folder, `${name}.safetensors`)

/** Full-size checkpoints of random float32 weights, the same every time; those already in the folder are kept. */
export async function writeCheckpoints(folder: string): Promise<void> {
  for (const [name, entries] of Object.entries(networks)) {
    const path = checkpointPath(folder, name as NetworkName)
    if (existsSync(path)) continue
    await writeRandom(`${path}.part`, entries())
    renameSync(`${path}.part`, path)
  }
}

const tableLength = 1 << 20
const chunk = tableLength - 65_521

/** -1..1, the same every time (mulberry32). */
function table(): Float32Array {
  let state = 1
  const numbers = new Float32Array(tableLength)
  for (let k = 0; k < tableLength; k += 1) {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    numbers[k] = ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1
  }

  return numbers
}

/** Spaces up to a multiple of eight, as the format wants it. */
const padded = (text: string) => text.padEnd(8 * Math.ceil(text.length / 8))

/** Matrices keep the size of what they are applied to; vectors are near one, or the network would be silent. */
async function writeRandom(path: string, entries: readonly Entry[]): Promise<void> {
  const random = table()
  const header: Record<string, unknown> = {}
  let offset = 0
  const sizes = entries.map(([name, shape]) => {
    const count = shape.reduce((all, dim) => all * dim, 1)
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + 4 * count] }
    offset += 4 * count

    return count
  })
  const text = Buffer.from(padded(JSON.stringify(header)))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  const out = createWriteStream(path)
  out.write(Buffer.concat([length, text]))
  for (const [k, [, shape]] of entries.entries()) {
    const count = sizes[k]!
    const spread = 1.7 / Math.sqrt(count / (shape[0] ?? 1))
    for (let at = 0; at < count; at += chunk) {
      // a prime step, so that no two tensors or rows of a power of two are alike
      const start = ((k + 1) * 7919 + at) % 65_521
      const part = new Float32Array(Math.min(chunk, count - at))
      for (let i = 0; i < part.length; i += 1) {
        const value = random[start + i]!
        part[i] = shape.length < 2 ? 1 + 0.2 * value : spread * value
      }
      if (!out.write(new Uint8Array(part.buffer))) await once(out, 'drain')
    }
  }
  out.end()
  await finished(out)
}
