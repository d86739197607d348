import { type Inert, Made, TensorRef } from './inert.ts'

type Fail = (why: string) => never

/** Where training programs put the weights, the averaged ones first: those are what pictures are made with. */
const wrappers = [
  'ema',
  'model_ema',
  'ema_state_dict',
  'state_dict_ema',
  'params_ema',
  'state_dict',
  'model_state_dict',
  'model',
  'params',
  'module',
  'net',
]

/** Limits on what is walked through: a small pickle can describe a tree that repeats its parts without end. */
const mostVisits = 200_000
const deepest = 64
const longestName = 1000

/**
 * The named tensors of a checkpoint: a table of them, one wrapped as `{ state_dict: … }` or the like, or a network
 * of nested modules, whose tensors are named by the path to them.
 */
export function findTensors(root: Inert, fail: Fail): ReadonlyMap<string, TensorRef> {
  const found = new Map<string, TensorRef>()
  let visits = 0

  const visit = (name: string, value: Inert, depth: number): void => {
    visits += 1
    if (visits > mostVisits || depth > deepest || name.length > longestName)
      fail('its table of contents is nested far deeper than that of any checkpoint.')
    if (value instanceof TensorRef) found.set(name, value)
    else if (value instanceof Made) visitModule(name, value, depth)
  }
  const visitAll = (prefix: string, items: ReadonlyMap<Inert, Inert>, depth: number): void => {
    for (const [key, value] of items) if (typeof key === 'string') visit(`${prefix}${key}`, value, depth + 1)
  }
  const visitModule = (name: string, { state, items }: Made, depth: number): void => {
    const prefix = name === '' ? '' : `${name}.`
    visitAll(prefix, items, depth)
    if (!(state instanceof Map)) return
    const parts = ['_parameters', '_buffers', '_modules'].map((part) => state.get(part))
    if (parts[2] instanceof Map) {
      for (const part of parts) if (part instanceof Map) visitAll(prefix, part, depth)
    } else visitAll(prefix, state, depth)
  }

  const inner = unwrap(root)
  if (inner instanceof Map) visitAll('', inner, 0)
  else visit('', inner, 0)
  if (found.size === 0) fail('there are no named tensors in it; it is no checkpoint of a network.')

  return found
}

/** What is inside the wrappers around the weights. */
function unwrap(root: Inert): Inert {
  let value = root
  for (let depth = 0; depth < deepest && value instanceof Map; depth += 1) {
    const table: Map<Inert, Inert> = value
    const name = wrappers.find((wrapper) => holdsTensors(table.get(wrapper)))
    if (name === undefined) return value
    value = table.get(name)!
  }

  return value
}

function holdsTensors(value: Inert | undefined): boolean {
  if (value instanceof Made) return true

  return (
    value instanceof Map &&
    ([...value.values()].some((item) => item instanceof TensorRef) ||
      wrappers.some((wrapper) => value.get(wrapper) instanceof Map))
  )
}
