import { type Inert, Made, Named, StorageRef, TensorRef } from './inert.ts'

type Fail = (why: string) => never

/** Most axes a tensor may have. */
const mostAxes = 8

const fromType = 'torch._tensor._rebuild_from_type_v2'

/** What a call that a pickle asks for would give: tensors and dictionaries; anything else stays a note of the call. */
export function reduce(callee: Inert, args: Inert, fail: Fail): Inert {
  if (!(callee instanceof Named) || !Array.isArray(args)) return new Made(callee, args)
  const [first, second] = args
  // A tensor of a subclass: the call that makes the plain one is its first argument. It cannot be wrapped twice.
  if (callee.name === fromType && first instanceof Named && first.name !== fromType)
    return reduce(first, second ?? null, fail)

  switch (callee.name) {
    case 'torch._utils._rebuild_tensor':
    case 'torch._utils._rebuild_tensor_v2':
      return tensorOf(args, fail)
    case 'torch._utils._rebuild_parameter':
    case 'torch._utils._rebuild_parameter_with_state':
    case 'torch.Size':
      return first ?? null
    case 'collections.OrderedDict':
      return new Map(pairsOf(first))
    case 'collections.defaultdict':
      return new Map()
    default:
      return new Made(callee, args)
  }
}

function tensorOf([storage, offset, shape, strides]: readonly Inert[], fail: Fail): TensorRef {
  if (
    !(storage instanceof StorageRef) ||
    !isCount(offset) ||
    !isCounts(shape) ||
    !isCounts(strides) ||
    shape.length !== strides.length
  )
    return fail('a tensor in it has no valid place or shape; the file is damaged.')

  return new TensorRef(storage, offset, shape, strides)
}

/** The items that Python 2 gave an OrderedDict as a list of pairs. */
function pairsOf(list: Inert | undefined): [Inert, Inert][] {
  if (!Array.isArray(list)) return []

  return list.flatMap((pair) => (Array.isArray(pair) && pair.length === 2 ? [[pair[0]!, pair[1]!]] : []))
}

export function isCount(value: Inert | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isCounts(value: Inert | undefined): value is number[] {
  return Array.isArray(value) && value.length <= mostAxes && value.every(isCount)
}
