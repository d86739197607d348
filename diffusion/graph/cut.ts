import type { Node, Value } from './graph.ts'

/** Computed again in less time than their results take to be kept: one pass over what is kept anyway. */
const cheap = new Set(['BatchNormalization', 'Concat', 'Reshape'])

/**
 * Values of the forward half that the backward half reads, so that a graph can be cut between the two: run forward,
 * keep these, run backward later. Inputs among them are listed too; constants are not. What is cheap is not kept: the
 * backward half computes it from what is. A mask is kept in place of what it was made from: a quarter of the bytes.
 */
export function residuals(options: { outputs: readonly Value[]; gradients: readonly Value[] }): Value[] {
  const forward = ancestors(options.outputs)
  const found = new Set<Value>()
  const seen = new Set<Value>()
  const visit = (value: Value): void => {
    if (value.constant || seen.has(value)) return
    seen.add(value)
    const { source } = value
    if (source.kind !== 'node') {
      if (forward.has(value)) found.add(value)
    } else if (forward.has(source.node) && !cheap.has(source.node.op)) {
      found.add(value)
    } else if (
      value.type === 'bool' &&
      source.node.inputs.every((input) => input.constant || forward.has(input))
    ) {
      found.add(value)
    } else {
      for (const input of source.node.inputs) visit(input)
    }
  }
  for (const gradient of options.gradients) visit(gradient)

  return [...found]
}

function ancestors(outputs: readonly Value[]): ReadonlySet<Value | Node> {
  const seen = new Set<Value | Node>()
  const visit = (value: Value): void => {
    if (seen.has(value)) return
    seen.add(value)
    if (value.source.kind !== 'node') return
    seen.add(value.source.node)
    for (const input of value.source.node.inputs) visit(input)
  }
  for (const output of outputs) visit(output)

  return seen
}
