import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Graph, mul, writeModel } from '../graph/index.ts'
import { openSession } from '../networks/session.ts'
import { joinFiles, readTensor, readWeights, type TensorFile } from './index.ts'

const folder = join(import.meta.dirname, '../testing/checkpoints')
const expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as Record<
  string,
  { shape: number[]; values: number[] }
>
const numbers = Object.keys(expected).filter((name) => name !== 'steps')

/** The tensors as ONNX Runtime sees them, read in place and multiplied by one. */
async function runInPlace(file: TensorFile): Promise<Record<string, Float32Array>> {
  const graph = new Graph()
  const one = graph.input('one', [])
  const filled = numbers.filter((name) => file.tensors.get(name)!.bytes > 0)
  const outputs = filled.map((name) => mul(graph.weight(file, file.tensors.get(name)!), one))
  const session = await openSession(writeModel({ inputs: [one], outputs }), { threads: 1, device: 'cpu' })
  const results = await session.run([Float32Array.of(1)])
  await session.release()

  return Object.fromEntries(filled.map((name, k) => [name, results[k]!]))
}

const containers = [
  'plain.safetensors',
  'zip.pt',
  'zip64.pt',
  'protocol4.pt',
  'legacy.pth',
  'torchscript.pt',
  'module.pt',
  'training.pt',
  'training-legacy.pth',
]

describe('every container holds the same tensors', () => {
  for (const name of containers) {
    it(`${name}: names, shapes, numbers`, async () => {
      const file = await readWeights(join(folder, name))
      expect([...file.tensors.keys()].sort()).toEqual(Object.keys(expected).sort())
      for (const [tensor, { shape, values }] of Object.entries(expected)) {
        expect(file.tensors.get(tensor)!.shape, tensor).toEqual(shape)
        if (tensor !== 'steps')
          expect(await readTensor(file, tensor), tensor).toEqual(Float32Array.from(values))
      }
    })

    it(`${name}: read in place by ONNX Runtime`, async () => {
      const results = await runInPlace(await readWeights(join(folder, name)))
      expect(Object.keys(results)).toHaveLength(numbers.length - 1)
      for (const [tensor, values] of Object.entries(results))
        expect(values, tensor).toEqual(Float32Array.from(expected[tensor]!.values))
    })
  }
})

it('a network may take its tensors from files in several folders', async () => {
  const { path, tensors } = await readWeights(join(folder, 'legacy.pth'))
  const some = { path, tensors: new Map([...tensors].filter(([name]) => name !== 'scale')) }
  const elsewhere = await mkdtemp(join(tmpdir(), 'weights-'))
  await copyFile(join(folder, 'zip.pt'), join(elsewhere, 'zip.pt'))
  const other = await readWeights(join(elsewhere, 'zip.pt'))
  const joined = joinFiles([some, { ...other, tensors: new Map([['scale', other.tensors.get('scale')!]]) }])
  expect(joined.tensors.get('scale')!.path).toBe(other.path)
  expect((await runInPlace(joined)).scale).toEqual(Float32Array.of(2.5))
  await rm(elsewhere, { recursive: true })
})
