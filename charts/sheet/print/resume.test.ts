import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { composeSheet } from '../compose-sheet.ts'
import { type FormatName, formatNamed } from '../formats.ts'
import type { SheetOptions } from '../sheet-options.ts'
import { doneCells, testPicture, testStudy } from '../testing.ts'
import { measureByFont } from './fonts.ts'
import { printSheet } from './print-sheet.ts'

let home: string
let bytes: Buffer
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'teststrip-resume-'))
  bytes = await testPicture(1)
})
afterAll(() => rm(home, { recursive: true }))

const ownFolder = () => mkdtemp(join(home, 'test-'))

/** `count` × `count` cells. */
function sheetOf(count: number, options: Partial<SheetOptions> = {}) {
  const { study, plan } = testStudy({
    axes: [`eta 0 .. 1 count ${count}`, `seed seeds ${count} from 1`],
  })

  return composeSheet({
    ...{ study, plan, cells: doneCells(plan), measure: measureByFont },
    options: { theme: 'light', cell: 100, date: '2026-11-23', ...options },
  })
}
// More than one contact sheet of the interactive folder.
const many = sheetOf(18)
const some = sheetOf(12)
const moving = sheetOf(3, { along: 0 })

/** Prints and counts the pictures that were asked for; one of them is never to be had. */
async function print(
  format: FormatName,
  out: string,
  { stopAfter = Number.POSITIVE_INFINITY, sheet = many } = {},
) {
  const stop = new AbortController()
  let asked = 0
  const print = printSheet({
    ...{ sheet, format, out, resumes: true, signal: stop.signal },
    picture: async (sha) => {
      if (++asked >= stopAfter) stop.abort()

      return sha === 'picture-1' ? null : bytes
    },
  })
  const result = await print.catch((error: Error) => error)

  return { asked, result }
}

async function unfinishedIn(folder: string) {
  const [work] = (await readdir(folder)).filter((name) => name.startsWith('.teststrip-'))

  return work && join(folder, work)
}

/** As a lost machine leaves it: more in the file than was noted, and a note of which half is there. */
async function tear(work: string): Promise<void> {
  for (const name of await readdir(work)) {
    if (name.endsWith('.part')) await appendFile(join(work, name), 'half a piece')
    if (name.endsWith('.journal')) await appendFile(join(work, name), '{"bytes":99999999,"no')
  }
}

test.concurrent.each([
  { format: 'jpg', sheet: many },
  { format: 'gif', sheet: moving },
  { format: 'zip', sheet: some },
  { format: 'html', sheet: some },
  { format: 'site', sheet: many },
] as const)(
  'a print that was cut off goes on where it was, to the same bytes: $format',
  async ({ format, sheet }) => {
    const folder = await ownFolder()
    const out = (name: string) => join(folder, `${name}.${formatNamed(format).extensions[0]}`)
    const whole = await print(format, out('whole'), { sheet })
    const first = await print(format, out('cut'), { sheet, stopAfter: Math.ceil(0.85 * whole.asked) })
    expect(first.result).toBeInstanceOf(Error)
    expect(await readdir(folder)).not.toContain(`cut.${formatNamed(format).extensions[0]}`)

    await tear((await unfinishedIn(folder))!)
    const second = await print(format, out('cut'), { sheet })
    expect(second.asked).toBeLessThan(0.7 * whole.asked)
    expect(second.result).toMatchObject({ missing: 1 })
    expect((await readFile(out('cut'))).equals(await readFile(out('whole')))).toBe(true)
    expect(await unfinishedIn(folder)).toBeUndefined()
  },
  60_000,
)

test.concurrent('what an other print left behind is not gone on with', async () => {
  const folder = await ownFolder()
  const out = join(folder, 'other.zip')
  const first = await print('zip', out, { sheet: some, stopAfter: 100 })
  const left = (await unfinishedIn(folder))!
  const quality = printSheet({
    ...{ sheet: some, format: 'zip', out, resumes: true, quality: 50 },
    picture: async () => bytes,
  })
  expect((await quality).missing).toBe(0)
  expect(first.asked).toBeGreaterThanOrEqual(100)
  expect(await unfinishedIn(folder)).toBe(left)
})

/** A process of its own with a sheet of `count` × `count` cells, `bytes` of a picture, and what else it runs. */
async function inChild(
  folder: string,
  { shell = '', count, script }: { shell?: string; count: number; script: string },
): Promise<{ said: string; signal: string | null }> {
  const job = join(folder, 'job.mts')
  const here = (name: string) => JSON.stringify(join(import.meta.dirname, name))
  await writeFile(
    job,
    `import { readFileSync, readdirSync } from 'node:fs'
import { composeSheet } from ${here('../compose-sheet.ts')}
import type { SheetOptions } from '../sheet-options.ts'
import { doneCells, testPicture, testStudy } from ${here('../testing.ts')}
import { measureByFont } from ${here('fonts.ts')}
import { printSheet } from ${here('print-sheet.ts')}
const folder = ${JSON.stringify(folder)}
const { study, plan } = testStudy({ axes: ['eta 0 .. 1 count ${count}', 'seed seeds ${count} from 1'] })
const options = { theme: 'light', cell: 100, date: '2026-11-23'${count < 12 ? ', along: 0' : ''} }
const sheet = composeSheet({ study, plan, cells: doneCells(plan), measure: measureByFont, options })
const bytes = await testPicture(1)
${script}`,
  )
  const node = `exec '${process.execPath}' --import '${import.meta.resolve('tsx')}' '${job}'`
  const child = spawn('sh', ['-c', `${shell} ${node}`], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  const [, signal] = await once(child, 'close')

  return { said, signal }
}

test.concurrent('a print whose process was killed is gone on with by the next', async () => {
  const folder = await ownFolder()
  const out = join(folder, 'killed.html')
  const { signal } = await inChild(folder, {
    count: 12,
    script: `let asked = 0
const noted = () => {
  const work = readdirSync(folder).find((name) => name.startsWith('.teststrip-'))
  return readFileSync(folder + '/' + work + '/killed.html.part.journal', 'utf8').split('\\n').length
}
const picture = async (sha) => {
  if (++asked > 100) {
    while (noted() < 80) await new Promise((resolve) => setTimeout(resolve, 5))
    process.kill(process.pid, 'SIGKILL')
  }
  return sha === 'picture-1' ? null : bytes
}
await printSheet({ sheet, format: 'html', out: ${JSON.stringify(out)}, resumes: true, picture })
`,
  })
  expect(signal).toBe('SIGKILL')

  const whole = await print('html', join(folder, 'undisturbed.html'), { sheet: some })
  const rest = await print('html', out, { sheet: some })
  expect([whole.asked, rest.asked < 72]).toEqual([144, true])
  expect((await readFile(out)).equals(await readFile(join(folder, 'undisturbed.html')))).toBe(true)
}, 60_000)

test.concurrent('no room in the middle is said and leaves nothing, half a file least of all', async () => {
  const folder = await ownFolder()
  const formats = ['png', 'jpg', 'webp', 'pdf', 'svg', 'zip', 'html', 'site', 'gif']
  const { said } = await inChild(folder, {
    // Files of 20 KB at most, which writing is told rather than killed for.
    shell: "trap '' XFSZ; ulimit -f 40;",
    count: 6,
    script: `for (const format of ${JSON.stringify(formats)})
  for (const resumes of [true, false])
    await printSheet({ sheet, format, out: folder + '/full.' + format, resumes, picture: async () => bytes }).then(
      () => console.log(format, 'was printed'),
      (error) => console.log(error.message),
    )
console.log(JSON.stringify(readdirSync(folder)))
`,
  })
  const lines = said.trim().split('\n')
  expect(JSON.parse(lines.pop()!)).toEqual(['job.mts'])
  expect(lines).toEqual(
    formats.flatMap((format) =>
      [1, 2].map(() => expect.stringMatching(`^There is no room for full.${format}: the disk is full.*`)),
    ),
  )
}, 60_000)
