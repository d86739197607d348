import { add, type Graph, gather, layerNorm, matmul, reshape, type Value } from '../graph/index.ts'
import type { TensorFile } from '../weights/index.ts'
import { Stored } from './stored.ts'
import { type Activation, transformer } from './transformer.ts'

export interface ClipTextGraph {
  /** Token ids, start and end included, zeros behind, int64 [contextLength]. */
  ids: Value
  /** Place of the end-of-text token, int64 [1]. */
  end: Value
  /** Text embedding [1, embed]. */
  embedding: Value
}

/** CLIP's text encoder: a causal transformer read at the end of the text. */
export function clipText(graph: Graph, file: TensorFile, activation: Activation): ClipTextGraph {
  const stored = new Stored(file, graph)
  const [vocabulary, width] = stored.shape('token_embedding.weight', 2) as [number, number]
  const [length] = stored.shape('positional_embedding', 2) as [number, number]
  const [, embed] = stored.shape('text_projection', 2) as [number, number]
  const ids = graph.input('ids', [length], 'int64')
  const end = graph.input('end', [1], 'int64')

  const tokens = gather(stored.get('token_embedding.weight', [vocabulary, width]), ids)
  const placed = add(tokens, stored.get('positional_embedding', [length, width]))
  const hidden = transformer(reshape(placed, [1, length, width]), {
    stored,
    prefix: 'transformer.',
    activation,
    mask: causalMask(graph, length),
  })
  const last = gather(reshape(hidden, [length, width]), end)
  const normal = layerNorm(last, ...stored.layer('ln_final', [width]))

  return { ids, end, embedding: matmul(normal, stored.get('text_projection', [width, embed])) }
}

/** −∞ above the diagonal: a token sees itself and what came before. */
function causalMask(graph: Graph, length: number): Value {
  const mask = Float32Array.from({ length: length * length }, (_, k) =>
    k % length > Math.floor(k / length) ? Number.NEGATIVE_INFINITY : 0,
  )

  return graph.constant(mask, [length, length])
}
