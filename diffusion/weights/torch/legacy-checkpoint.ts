import { type OpenFile, quoted } from '../open-file.ts'
import { bytesPerElement, type TensorEntry } from '../tensor-file.ts'
import { findTensors } from './find-tensors.ts'
import { Pickle } from './pickle.ts'
import { placeTensor, type StoragePlace, storageType } from './place-tensor.ts'

/** What every file of this format begins with. */
const magic = 0x1950a86a20f9469cfc6cn
const protocol = 1001

const mostPickleBytes = 8_000_000

/**
 * PyTorch's format before 1.6: pickles of a mark, the protocol, the machine, the checkpoint and the keys of its
 * storages; then each storage as a count of eight bytes and its numbers.
 */
export async function readLegacyCheckpoint(file: OpenFile): Promise<readonly TensorEntry[]> {
  const fail = (why: string): never => file.fail(why)
  const bytes = await file.read(0, mostPickleBytes)
  const short =
    bytes.length < file.size
      ? 'its table of contents is far larger than that of any checkpoint.'
      : 'the file was cut off while copying or downloading; copy it again.'
  const pickle = new Pickle(bytes, fail, short)
  if (pickle.next() !== magic || pickle.next() !== protocol)
    fail('this is a pickle, but no checkpoint of PyTorch.')
  const machine = pickle.next()
  if (!(machine instanceof Map) || machine.get('little_endian') !== true)
    fail('its numbers are stored big-endian; save it again on another machine.')
  const tensors = findTensors(pickle.next(), fail)
  const places = await storagePlaces(pickle, file)

  return [...tensors].map(([name, tensor]) => {
    const place = places.get(tensor.storage.key)

    return place
      ? placeTensor(name, tensor, place, fail)
      : fail(`the storage of its tensor ${quoted(name)} is missing; the file is damaged.`)
  })
}

/** Walks along the storages behind the pickles. */
async function storagePlaces(pickle: Pickle, file: OpenFile): Promise<ReadonlyMap<string, StoragePlace>> {
  const fail = (why: string): never => file.fail(why)
  const known = new Map(pickle.storages)
  const keys = pickle.next()
  if (!Array.isArray(keys)) return fail('its list of storages is missing; the file is damaged.')

  const places = new Map<string, StoragePlace>()
  let at = pickle.position
  for (const key of keys) {
    const storage = typeof key === 'string' ? known.get(key) : undefined
    if (typeof key !== 'string' || !storage)
      return fail('its list of storages is wrong; the file is damaged.')
    const count = Number((await file.readAll(at, 8)).readBigInt64LE())
    const length = count * bytesPerElement[storageType(storage.type, fail)]
    const offset = at + 8
    if (count < 0) fail('one of its storages has no valid length; the file is damaged.')
    if (offset + length > file.size) fail('the file was cut off while copying or downloading; copy it again.')
    places.set(key, { offset, bytes: length })
    at = offset + length
  }

  return places
}
