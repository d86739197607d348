import { TeststripError } from '#study'
import type { Value } from './graph.ts'
import { expectShape } from './graph.ts'
import { add, atLeast, constantLike, div, mul } from './ops/elementwise.ts'
import { reshape } from './ops/layout.ts'

/**
 * Reverse-mode differentiation: adds to the graph the nodes for Σ Jᵀ·cotangent of `outputs` by each of `wrt`.
 * Only paths between the two are visited.
 */
export function vjp(options: {
  outputs: readonly Value[]
  cotangents: readonly Value[]
  wrt: readonly Value[]
}): Value[] {
  const { outputs, cotangents, wrt } = options
  const graph = wrt[0]!.graph
  const reached = new Set<Value>(wrt)
  for (const step of graph.tape) {
    if (step.inputs.some((input) => reached.has(input)))
      for (const output of step.outputs) reached.add(output)
  }

  return graph.untaped(() => {
    const found = new Map<Value, Value>()
    const accumulate = (value: Value, cotangent: Value) => {
      expectShape(cotangent, value.shape)
      const before = found.get(value)
      found.set(value, before ? add(before, cotangent) : cotangent)
    }
    const scale = graph.lowering.half ? scaleOf(cotangents[0]!) : null
    outputs.forEach((output, k) => {
      accumulate(output, scale ? scale.up(cotangents[k]!) : cotangents[k]!)
    })

    for (const step of graph.tape.toReversed()) {
      if (!step.outputs.some((output) => found.has(output))) continue
      step.inputs.forEach((input, k) => {
        if (!reached.has(input)) return
        const rule = step.rules[k]
        if (!rule)
          throw new TeststripError('internal', `no gradient of ${step.outputs[0]!.name} by ${input.name}`)
        const gs = step.outputs.map((output) => found.get(output))
        accumulate(
          input,
          graph.exactly(() => rule(...gs), step.exact),
        )
      })
    }

    return wrt.map((value) => {
      const gradient = found.get(value)
      if (!gradient) return constantLike(value, 0)

      return scale ? scale.down(gradient) : gradient
    })
  })
}

/** Largest cotangent that goes into a float16 body: far from its largest number, 65,504, and from its smallest. */
const peak = 1024

/**
 * Float16 ends at 6e-8, and cotangents are often smaller. A gradient is linear in its cotangent, so each item of the
 * batch is brought to the same size first, and its gradient brought back.
 */
function scaleOf(cotangent: Value): { up(g: Value): Value; down(gradient: Value): Value } {
  const { graph, shape } = cotangent
  const [n = 1, ...rest] = shape
  const axes = graph.ints(rest.map((_, k) => k + 1))
  const largest = graph.exactly(() => {
    const size = graph.node('Abs', [cotangent], { shape })
    const most = graph.node('ReduceMax', [size, axes], {
      shape: [n, ...rest.map(() => 1)],
      attributes: { keepdims: { int: 1 } },
    })

    return mul(atLeast(most, 1e-30), 1 / peak)
  })
  const fitting = (value: Value) => reshape(largest, [n, ...value.shape.slice(1).map(() => 1)])

  return {
    up: (g) => graph.exactly(() => div(g, fitting(g))),
    down: (gradient) => graph.exactly(() => mul(gradient, fitting(gradient))),
  }
}
