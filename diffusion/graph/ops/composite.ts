import type { Value } from '../graph.ts'
import { add, erf, mul, sigmoid, sub } from './elementwise.ts'

/** x·σ(slope·x): SiLU with slope 1, QuickGELU with slope 1.702. */
export function swish(x: Value, slope = 1): Value {
  const { graph } = x
  const y = graph.untaped(() => mul(x, sigmoid(slope === 1 ? x : mul(x, slope))))

  return graph.differentiable([x], y, [
    (g) => {
      const s = sigmoid(slope === 1 ? x : mul(x, slope))
      // x·s again rather than y: one array less to keep for the way back
      const again = mul(x, s)
      const rest = sub(again, mul(again, s))

      return mul(g, add(s, slope === 1 ? rest : mul(rest, slope)))
    },
  ])
}

export const silu = (x: Value): Value => swish(x)
export const quickGelu = (x: Value): Value => swish(x, 1.702)

/** The exact GELU, x·Φ(x). */
export function gelu(x: Value): Value {
  return mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1))
}
