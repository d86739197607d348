import { setPriority } from 'node:os'
import { openDistance } from '#diffusion'
import { reasonOf } from '../keep-trying.ts'
import { PackShelf } from '../renderer/pack-shelf.ts'
import { type Answer, type Question, question } from './protocol.ts'

/**
 * The process that measures how far pictures look from a reference: on the processor, behind all renders. It lives
 * while there is something to measure; the channel closes with the worker, however that ended.
 */
const shelf = new PackShelf()
let opened: { hash: string; distance: ReturnType<typeof openDistance> } | null = null

process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.on('disconnect', () => process.exit(0))
setPriority(10)

const say = (message: Answer): void => {
  if (process.connected) process.send!(message, undefined, undefined, () => undefined)
}

process.on('message', (raw) => {
  measure(question.parse(raw)).then(say, (error: unknown) => say({ failure: reasonOf(error) }))
})

async function measure({ pack: place, reference, pictures }: Question): Promise<Answer> {
  if (opened?.hash !== place.hash) {
    await opened?.distance.release()
    opened = { hash: place.hash, distance: openDistance(await shelf.take(place), { threads: 1 }) }
  }
  const { distance } = opened
  const distances = new Map<string, number>()
  const problems = new Map<string, string>()
  for (const { key, picture } of pictures)
    await distance.between(reference, picture).then(
      (found) => distances.set(key, found),
      (error: unknown) => problems.set(key, reasonOf(error)),
    )

  return { distances, problems }
}
