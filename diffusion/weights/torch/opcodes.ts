import { type Inert, Made, Named } from './inert.ts'
import type { Pickle } from './pickle.ts'

type Instruction = (pickle: Pickle) => void

const text = (pickle: Pickle, length: number) => pickle.push(pickle.take(length).toString('utf8'))
const bytes = (pickle: Pickle, length: number) => pickle.push(pickle.take(length))
/** Strings of Python 2. */
const latin = (pickle: Pickle, length: number) => pickle.push(pickle.take(length).toString('latin1'))
const put = (pickle: Pickle, key: number) => pickle.memo.set(key, pickle.top())
const ignoreFrame: Instruction = (pickle) => pickle.length64()

/** The last `count` values as a tuple. */
function tuple(pickle: Pickle, count: number): void {
  const items: Inert[] = []
  for (let k = 0; k < count; k += 1) items.unshift(pickle.pop())
  pickle.push(items)
}

function pairs(items: readonly Inert[]): Map<Inert, Inert> {
  const map = new Map<Inert, Inert>()
  for (let k = 0; k + 1 < items.length; k += 2) map.set(items[k]!, items[k + 1]!)

  return map
}

/** The instructions of pickle protocols 2 to 5. The textual ones of protocol 0 are in no checkpoint. */
export const opcodes: Readonly<Record<number, Instruction>> = {
  128: (pickle) => pickle.byte(),
  149: ignoreFrame,

  // stack
  40: (pickle) => pickle.mark(),
  48: (pickle) => pickle.pop(),
  49: (pickle) => pickle.sinceMark(),
  50: (pickle) => pickle.push(pickle.top()),

  // memory
  113: (pickle) => put(pickle, pickle.byte()),
  114: (pickle) => put(pickle, pickle.uint32()),
  148: (pickle) => put(pickle, pickle.memo.size),
  104: (pickle) => pickle.push(pickle.remembered(pickle.byte())),
  106: (pickle) => pickle.push(pickle.remembered(pickle.uint32())),

  // plain values
  78: (pickle) => pickle.push(null),
  136: (pickle) => pickle.push(true),
  137: (pickle) => pickle.push(false),
  74: (pickle) => pickle.push(pickle.take(4).readInt32LE()),
  75: (pickle) => pickle.push(pickle.byte()),
  77: (pickle) => pickle.push(pickle.take(2).readUInt16LE()),
  138: (pickle) => pickle.push(pickle.integer(pickle.byte())),
  139: (pickle) => pickle.push(pickle.integer(pickle.uint32())),
  71: (pickle) => pickle.push(pickle.take(8).readDoubleBE()),
  88: (pickle) => text(pickle, pickle.uint32()),
  140: (pickle) => text(pickle, pickle.byte()),
  141: (pickle) => text(pickle, pickle.length64()),
  84: (pickle) => latin(pickle, pickle.uint32()),
  85: (pickle) => latin(pickle, pickle.byte()),
  66: (pickle) => bytes(pickle, pickle.uint32()),
  67: (pickle) => bytes(pickle, pickle.byte()),
  142: (pickle) => bytes(pickle, pickle.length64()),
  150: (pickle) => bytes(pickle, pickle.length64()),

  // containers
  41: (pickle) => pickle.push([]),
  93: (pickle) => pickle.push([]),
  125: (pickle) => pickle.push(new Map()),
  143: (pickle) => pickle.push([]),
  116: (pickle) => pickle.push(pickle.sinceMark()),
  108: (pickle) => pickle.push(pickle.sinceMark()),
  145: (pickle) => pickle.push(pickle.sinceMark()),
  100: (pickle) => pickle.push(pairs(pickle.sinceMark())),
  133: (pickle) => tuple(pickle, 1),
  134: (pickle) => tuple(pickle, 2),
  135: (pickle) => tuple(pickle, 3),
  97: (pickle) => {
    const item = pickle.pop()
    pickle.append([item])
  },
  101: (pickle) => pickle.append(pickle.sinceMark()),
  144: (pickle) => pickle.append(pickle.sinceMark()),
  115: (pickle) => {
    const value = pickle.pop()
    const key = pickle.pop()
    pickle.setItems([key, value])
  },
  117: (pickle) => pickle.setItems(pickle.sinceMark()),

  // names, and calls that are only noted
  99: (pickle) => pickle.push(new Named(`${pickle.line()}.${pickle.line()}`)),
  147: (pickle) => {
    const name = pickle.pop()
    const module = pickle.pop()
    if (typeof name !== 'string' || typeof module !== 'string') pickle.damaged()
    pickle.push(new Named(`${module}.${name}`))
  },
  81: (pickle) => pickle.persistent(),
  82: (pickle) => pickle.reduce(),
  129: (pickle) => {
    const args = pickle.pop()
    pickle.push(new Made(pickle.pop(), args))
  },
  146: (pickle) => {
    pickle.pop()
    const args = pickle.pop()
    pickle.push(new Made(pickle.pop(), args))
  },
  98: (pickle) => pickle.build(),
}
