import { type OpenFile, quoted } from '../open-file.ts'
import type { TensorEntry } from '../tensor-file.ts'
import { findTensors } from './find-tensors.ts'
import { Pickle } from './pickle.ts'
import { placeTensor, type StoragePlace } from './place-tensor.ts'
import { placeOf, readZip } from './zip.ts'

/** The pickle of a checkpoint of a thousand tensors takes some hundred kilobytes. */
const mostPickleBytes = 8_000_000

/**
 * PyTorch's zip format, since 1.6: a pickle that names the tensors, and each storage as a file of its own. TorchScript
 * archives are the same, with modules for tables.
 */
export async function readZipCheckpoint(file: OpenFile): Promise<readonly TensorEntry[]> {
  const fail = (why: string): never => file.fail(why)
  const zip = await readZip(file)
  const pickles = [...zip.values()].filter(({ name }) => /^[^/]+\/data\.pkl$/.test(name))
  const [entry] = pickles
  if (!entry || pickles.length > 1) return fail('this is a zip file, but no checkpoint of PyTorch.')
  const top = entry.name.slice(0, -'data.pkl'.length)
  await checkByteOrder(`${top}byteorder`)

  if (entry.bytes > mostPickleBytes) fail('its table of contents is far larger than that of any checkpoint.')
  const { offset, bytes } = await placeOf(entry, file)
  const pickle = new Pickle(
    await file.readAll(offset, bytes),
    fail,
    'its table of contents ends early; the file is damaged.',
  )
  const tensors = findTensors(pickle.next(), fail)

  const places = new Map<string, StoragePlace>()
  for (const { storage } of tensors.values())
    if (!places.has(storage.key)) places.set(storage.key, await storagePlace(storage.key))
  checkApart(places)

  return [...tensors].map(([name, tensor]) =>
    placeTensor(name, tensor, places.get(tensor.storage.key)!, fail),
  )

  async function checkByteOrder(name: string): Promise<void> {
    const order = zip.get(name)
    if (!order) return
    const place = await placeOf(order, file)
    const text = (await file.readAll(place.offset, Math.min(place.bytes, 16))).toString('latin1')
    if (text !== 'little')
      fail(`its numbers are stored as ${quoted(text)}-endian; save it again on another machine.`)
  }

  async function storagePlace(key: string): Promise<StoragePlace> {
    const stored = zip.get(`${top}data/${key}`)

    return stored
      ? placeOf(stored, file)
      : fail(`the storage ${quoted(key)} is missing in it; the file is damaged.`)
  }

  /** Two storages are never the same bytes: a zip that says so was made to deceive. */
  function checkApart(storages: ReadonlyMap<string, StoragePlace>): void {
    let end = 0
    for (const place of [...storages.values()].toSorted((a, b) => a.offset - b.offset)) {
      if (place.offset < end) fail('two of its storages overlap; the file is damaged.')
      end = place.offset + place.bytes
    }
  }
}
