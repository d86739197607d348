import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'

const root = resolve(import.meta.dirname, '..')

const sunset = (width: number) =>
  sharp({ create: { width, height: 60, channels: 3, background: '#c05020' } })
    .png()
    .toBuffer()

interface Cells {
  cells: { status: string; image: string | null }[]
}

test('a picture of mine is where renders start', async ({ page, request }) => {
  await page.goto('/new')
  await page.getByRole('textbox', { name: 'Title' }).fill('From my picture')
  await page.getByRole('textbox', { name: 'Prompt 1' }).fill('a sailboat on a calm sea at sunset')

  await test.step('what is no picture is refused in words', async () => {
    await page
      .getByLabel('init_image')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('eta is nice') })
    await expect(
      page.getByText(/^notes\.txt: The file is no picture that can be used; send a PNG/),
    ).toBeVisible()
  })

  await test.step('a picture shows what it is and what it was called', async () => {
    await page
      .getByLabel('init_image')
      .setInputFiles({ name: 'sunset.png', mimeType: 'image/png', buffer: await sunset(90) })
    await expect(page.getByText('sunset.png', { exact: true })).toBeVisible()
  })

  const axis = page.getByRole('textbox', { name: 'Add an axis' })
  await axis.fill('skip_steps 0, 15')
  await axis.press('Enter')
  await page.getByRole('button', { name: 'Start 2 renders' }).click()
  await expect(page.getByRole('gridcell', { name: /: done/ })).toHaveCount(2, { timeout: 240_000 })

  const id = /studies\/([0-9a-f-]{36})/.exec(page.url())![1]!
  const { file } = await (await request.get(`/api/studies/${id}`)).json()
  expect(file.recipe.init_image).toMatch(/^sha256:[0-9a-f]{64}$/)
})

test('pictures beside a study file go along with it, and stand on an axis under their names', async ({
  request,
  baseURL,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'teststrip-story-'))
  const study = join(folder, 'starts.study.yaml')
  writeFileSync(join(folder, 'dusk.png'), await sunset(80))
  writeFileSync(
    study,
    [
      'teststrip: 1',
      'title: Starts',
      'pack: starter',
      'recipe: { skip_steps: 12, text_prompts: [a sailboat on a calm sea at sunset] }',
      'axes: ["init_image none | dusk.png"]',
    ].join('\n'),
  )

  try {
    const { id } = JSON.parse(await run(['study', 'run', study, '--wait', '--json'], baseURL!))
    const { cells } = (await (await request.get(`/api/studies/${id}/cells`)).json()) as Cells
    expect(cells.map(({ status }) => status)).toEqual(['done', 'done'])
    expect(new Set(cells.map(({ image }) => image)).size).toBe(2)

    const { file } = await (await request.get(`/api/studies/${id}`)).json()
    expect(file.axes[0].points.map(({ label }: { label: string }) => label)).toEqual(['none', 'dusk.png'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** The command line as a person has it; resolves to what it prints. */
function run(args: string[], url: string): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'cli', 'teststrip.mjs'), ...args], {
    env: { ...process.env, TESTSTRIP_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (text) => {
    printed += text
  })

  return new Promise((done, fail) =>
    child.once('exit', (code) => (code === 0 ? done(printed) : fail(new Error(`exit code ${code}`)))),
  )
}
