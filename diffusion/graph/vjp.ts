import { TeststripError } from '#study'
import type { Value } from './graph.ts'
import { expectShape } from './graph.ts'
import { add, constantLike } from './ops/elementwise.ts'

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
    outputs.forEach((output, k) => {
      accumulate(output, cotangents[k]!)
    })

    for (const step of graph.tape.toReversed()) {
      if (!step.outputs.some((output) => found.has(output))) continue
      step.inputs.forEach((input, k) => {
        if (!reached.has(input)) return
        const rule = step.rules[k]
        if (!rule)
          throw new TeststripError('internal', `no gradient of ${step.outputs[0]!.name} by ${input.name}`)
        accumulate(input, rule(...step.outputs.map((output) => found.get(output))))
      })
    }

    return wrt.map((value) => found.get(value) ?? constantLike(value, 0))
  })
}
