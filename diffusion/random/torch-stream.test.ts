import { describe, expect, it } from 'vitest'
import { decodeTorchState, encodeTorchState } from './torch-state.ts'
import { TorchStream } from './torch-stream.ts'

describe('torch CPU generator, seed 42', () => {
  it('gives torch.rand', () => {
    const stream = new TorchStream(42)
    const values = [1, 2, 3, 4].map(() => stream.uniform())

    expect(values.map((v) => v.toFixed(8))).toEqual(['0.88226926', '0.91500396', '0.38286376', '0.95930564'])
  })

  it('gives torch.randint(0, 513)', () => {
    const stream = new TorchStream(42)

    expect([1, 2, 3, 4].map(() => stream.integer(513))).toEqual([357, 374, 277, 508])
  })

  it('gives torch.randperm(4)', () => {
    expect(new TorchStream(42).permutation(4)).toEqual([2, 3, 0, 1])
  })

  it('gives small normals with the pair cache surviving other draws', () => {
    const stream = new TorchStream(42)
    expect(stream.normal(1)[0]).toBeCloseTo(0.33669037, 7)
    stream.integer(10)
    expect(stream.normal(1)[0]).toBeCloseTo(0.12880941, 7)
  })

  it('gives torch.randn(16)', () => {
    const [a, b, c] = new TorchStream(42).normal(16)

    expect(a).toBeCloseTo(1.92691529, 6)
    expect(b).toBeCloseTo(1.48728406, 6)
    expect(c).toBeCloseTo(0.9007172, 6)
  })

  it('takes 16 fresh values for a tail that does not fill a block', () => {
    const stream = new TorchStream(42)
    stream.normal(20)
    const reference = new TorchStream(42)
    for (let i = 0; i < 36; i++) reference.uniform()

    expect(stream.uniform()).toBe(reference.uniform())
  })

  it('peeks without taking', () => {
    const stream = new TorchStream(7)
    const ahead = stream.peek(2)

    expect(stream.uniform() * 2 ** 24).toBe(ahead[0])
    expect(stream.uniform() * 2 ** 24).toBe(ahead[1])
  })

  it('continues from saved bytes, cache included', () => {
    const stream = new TorchStream(5)
    for (let i = 0; i < 700; i++) stream.uniform()
    stream.normal(3)
    const copy = TorchStream.from(decodeTorchState(encodeTorchState(stream.state())))

    expect(copy.normal(2)).toEqual(stream.normal(2))
    expect(copy.normal(100)).toEqual(stream.normal(100))
  })
})
