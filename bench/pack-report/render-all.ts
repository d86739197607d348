import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { engineVersion, type PackInfo, type Recipe, renderKey } from '#study'
import type { Answer, Ask } from './renderer.ts'

export interface Rendered {
  /** where the PNG is */
  path: string
  metrics: Record<string, number | null>
  seconds: number
}

/** Renders recipes, each once ever: what an earlier report made is found by its render key. */
export interface Renderers {
  render(recipe: Recipe): Promise<Rendered>
  close(): void
}

/** One process per core, each with one thread: for these networks the fastest there is. */
export function openRenderers(options: { packFolder: string; pack: PackInfo; cache: string }): Renderers {
  const { packFolder, pack, cache } = options
  mkdirSync(cache, { recursive: true })
  const idle: ChildProcess[] = []
  const waiting: ((child: ChildProcess) => void)[] = []
  const free = (child: ChildProcess) => {
    const next = waiting.shift()
    if (next) next(child)
    else idle.push(child)
  }
  const children = Array.from({ length: availableParallelism() }, () => {
    const child = fork(join(import.meta.dirname, 'renderer.ts'), [packFolder], {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
    })
    child.once('message', () => free(child))

    return child
  })
  const take = () => {
    const child = idle.pop()

    return child ?? new Promise<ChildProcess>((resolve) => waiting.push(resolve))
  }

  return {
    async render(recipe) {
      const stem = join(cache, renderKey(recipe, pack, engineVersion))
      const path = `${stem}.png`
      if (!existsSync(`${stem}.json`)) {
        const child = await take()
        const answer = await ask(child, { recipe })
        free(child)
        writeFileSync(path, answer.png)
        writeFileSync(`${stem}.json`, JSON.stringify({ metrics: answer.metrics, seconds: answer.seconds }))
      }

      return { path, ...JSON.parse(readFileSync(`${stem}.json`, 'utf8')) }
    },
    close() {
      for (const child of children) child.disconnect()
    },
  }
}

async function ask(child: ChildProcess, question: Ask): Promise<Answer> {
  child.send(question)
  const ended = new AbortController()
  try {
    const [answer] = await Promise.race([
      once(child, 'message', { signal: ended.signal }),
      once(child, 'exit', { signal: ended.signal }).then(() => {
        throw new Error('A renderer of the report ended in the middle of a picture; see above.')
      }),
    ])

    return answer as Answer
  } finally {
    ended.abort()
  }
}
