import { describe, expect, it } from 'vitest'
import { concat, Graph, groupNorm, relu, residuals, silu, vjp } from './index.ts'

describe('what is kept between the halves', () => {
  const graph = () => new Graph()
  const kept = (build: (x: ReturnType<Graph['input']>) => ReturnType<typeof relu>) => {
    const x = graph().input('x', [1, 4, 6, 8])
    const y = build(x)
    const g = x.graph.input('g', y.shape)

    return residuals({ outputs: [y], gradients: vjp({ outputs: [y], cotangents: [g], wrt: [x] }) })
  }

  it('of a ReLU is its mask, not its result', () => {
    expect(kept((x) => relu(x)).map(({ type, shape }) => [type, shape])).toEqual([['bool', [1, 4, 6, 8]]])
  })

  it('is not what one pass over something kept gives again', () => {
    const weights = (x: ReturnType<Graph['input']>) => x.graph.constant(new Float32Array(8).fill(0.5))
    const ops = kept((x) => silu(groupNorm(concat([x, silu(x)], 1), 2, weights(x), weights(x)))).map(
      ({ source }) => (source.kind === 'node' ? source.node.op : source.kind),
    )

    expect(ops).not.toContain('BatchNormalization')
    expect(ops).not.toContain('Concat')
    expect(ops).toContain('input')
  })
})
