import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { completeRecipe, type RecipePatch } from '#study'
import { createEngine, loadPack, packInfo } from '../index.ts'

/**
 * One render in a process of its own, whose memory a test can limit or look at: `render-within.ts JOB`, the job as
 * JSON. Answers with one line of JSON, also when the render fails.
 */
export interface WithinJob {
  pack: string
  recipe: RecipePatch
  threads: number
  rung?: number
  /** how many renders of consecutive seeds are stepped together (1) */
  pictures?: number
}

export interface WithinAnswer {
  /** SHA-256 of the first picture */
  picture: string | null
  rung: number | null
  error: { code: string; message: string } | null
  seconds: number
  /** largest resident memory of the process, and its private writable address space at the end, bytes */
  peak: number
  data: number
  /** resident memory before the pack was opened */
  before: number
}

const statusBytes = (field: string) =>
  1024 * Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1])

async function answer({
  pack: folder,
  recipe,
  threads,
  rung,
  pictures = 1,
}: WithinJob): Promise<WithinAnswer> {
  const before = statusBytes('VmRSS')
  const started = performance.now()
  const engine = createEngine({ device: 'cpu', threads })
  const measured = () => ({
    seconds: (performance.now() - started) / 1000,
    peak: statusBytes('VmHWM'),
    data: statusBytes('VmData'),
    before,
  })

  try {
    const pack = await loadPack(folder)
    const render = async (seed: number) => {
      const whole = completeRecipe({ seed, ...recipe }, packInfo(pack))
      const run = engine.render(whole, pack, { rung, previewEvery: 0 })
      let next = await run.next()
      while (!next.done) next = await run.next()

      return next.value
    }
    const [first] = await Promise.all(Array.from({ length: pictures }, (_, k) => render(k + 1)))
    const picture = createHash('sha256').update(first!.images[0]!.png).digest('hex')

    return { picture, rung: first!.rung, error: null, ...measured() }
  } catch (error) {
    const { code = 'none', message } = error as Error & { code?: string }

    return { picture: null, rung: null, error: { code, message }, ...measured() }
  }
}

const [job] = process.argv.slice(2)
console.log(JSON.stringify(await answer(JSON.parse(job!) as WithinJob)))
process.exit(0)
