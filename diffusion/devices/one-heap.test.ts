import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tinyPack } from '../testing/parity-case.ts'
import type { WithinAnswer, WithinJob } from '../testing/render-within.ts'
import { smallRecipe } from '../testing/tiny-engine.ts'
import { renderingEnvironment } from './one-heap.ts'

const root = join(import.meta.dirname, '../..')
const environment = renderingEnvironment()

function renderedIn(env: NodeJS.ProcessEnv): WithinAnswer {
  const job: WithinJob = { pack: tinyPack, recipe: { ...smallRecipe, steps: 3 }, threads: 1 }
  const child = ['--import', 'tsx', 'diffusion/testing/render-within.ts', JSON.stringify(job)]
  const { stdout } = spawnSync(process.execPath, child, { cwd: root, env, encoding: 'utf8' })

  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

it.skipIf(environment === process.env)('a process with one heap renders the same bits', () => {
  const [one, other] = [renderedIn(environment), renderedIn(process.env)]

  expect(one.error).toBeNull()
  expect(one.picture).toBe(other.picture)
})

it.skipIf(environment === process.env)('keeps what else the environment says', () => {
  expect(environment).toMatchObject({ ...process.env, MALLOC_MMAP_MAX_: '0' })
})
