import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const keys = join(import.meta.dirname, '../../diffusion/testing/keys')

/** A pack of random weights in the layout of published checkpoints, in float16. */
export async function writeRandomPack(folder: string, manifest: object, lists: Record<string, string>) {
  await mkdir(folder, { recursive: true })
  for (const [file, list] of Object.entries(lists))
    await writeFile(join(folder, file), randomFile(readFileSync(join(keys, `${list}.txt`), 'utf8')))
  await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest))
}

/** safetensors with a tensor for every `name [shape]` line. */
function randomFile(list: string): Buffer {
  const tensors = list
    .trim()
    .split('\n')
    .map((line) => line.split(/ (?=\[)/) as [string, string])
    .map(([name, shape]) => ({ name, shape: JSON.parse(shape) as number[] }))
    .filter(({ name }) => !name.endsWith('num_batches_tracked'))
  const header: Record<string, unknown> = {}
  const parts: Buffer[] = []
  let at = 0

  for (const { name, shape } of tensors) {
    const count = shape.reduce((all, dim) => all * dim, 1)
    const data = randomHalves(count, name, shape)
    header[name] = { dtype: 'F16', shape, data_offsets: [at, at + data.length] }
    parts.push(data)
    at += data.length
  }
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))

  return Buffer.concat([length, text, ...parts])
}

/** Weights of a spread that keeps activations near one; norms near one, variances exactly one. */
function randomHalves(count: number, name: string, shape: readonly number[]): Buffer {
  const isVector = shape.length < 2
  const spread = isVector ? 0.05 : 1 / Math.sqrt(Math.max(count / shape[0]!, 1))
  const centre = isVector && name.endsWith('weight') ? 1 : name.endsWith('running_var') ? 1 : 0
  const table = Uint16Array.from({ length: 1021 }, (_, k) =>
    half(centre + spread * Math.sqrt(3) * ((2 * ((k * 377) % 1021)) / 1020 - 1)),
  )
  const halves = Uint16Array.from({ length: count }, (_, k) => table[(k * 7 + (k >> 9)) % 1021]!)

  return Buffer.from(halves.buffer)
}

/** A normal float16 number's bits. */
function half(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!
  const exponent = ((bits >> 23) & 0xff) - 112

  return exponent <= 0 ? 0 : ((bits >> 16) & 0x8000) | (exponent << 10) | ((bits >> 13) & 0x3ff)
}
