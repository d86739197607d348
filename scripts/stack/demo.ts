import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './settings.ts'

const sample = join(root, 'examples', 'templates', '01-guidance-by-eta.study.yaml')

async function post(url: string, body: string, type: string): Promise<Response> {
  const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': type } })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)

  return response
}

/**
 * Starts the bundled sample study through the public API: on the very first start, so that a newcomer's first page
 * is a test strip developing, and again whenever it is asked for.
 */
export async function startSample(options: { url: string; data: string; asked: boolean }): Promise<boolean> {
  const mark = join(options.data, 'run', 'sample-started')
  if (!options.asked && existsSync(mark)) return false

  const created = await post(`${options.url}/api/studies`, readFileSync(sample, 'utf8'), 'application/yaml')
  const { id } = (await created.json()) as { id: string }
  await post(`${options.url}/api/studies/${id}/start`, '{}', 'application/json')
  writeFileSync(mark, id)

  return true
}
