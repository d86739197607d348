import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { type BlobStore, openBlobs } from '#blobs'
import { checkLedger, type Ledger, listCells } from '#prisma'
import type { SoakStack } from './soak-stack.ts'

export interface Check {
  what: string
  /** What was found wrong, one sentence each; empty when all is well. */
  wrong: string[]
}

/** Pictures of a study in order of its cells. */
export async function picturesOf(ledger: Ledger, studyId: string): Promise<(string | null)[]> {
  const { cells } = await listCells(ledger, studyId)

  return cells.sort((a, b) => a.seq - b.seq).map((cell) => cell.image)
}

/** All that must hold once the studies have ended, whatever was killed meanwhile. */
export async function checkAfter(options: {
  stack: SoakStack
  ledger: Ledger
  studies: string[]
  changed: string[]
}): Promise<Check[]> {
  const { stack, ledger, studies, changed } = options
  const blobs = openBlobs(join(stack.data, 'blobs'))

  return [
    { what: 'every cell done', wrong: await unfinishedCells(ledger, studies) },
    { what: 'every render done once', wrong: [...changed, ...(await doubleRenders(ledger, stack.data))] },
    { what: 'ledger sound', wrong: await unsound(ledger) },
    { what: 'ledger at rest', wrong: await restless(ledger) },
    { what: 'every picture stored as named', wrong: await badBlobs(ledger, blobs) },
    { what: 'no orphan workflow', wrong: await orphanWorkflows(stack.temporal) },
  ]
}

/** Picture by picture against a run that nothing disturbed. */
export function compareRuns(disturbed: (string | null)[][], undisturbed: (string | null)[][]): Check {
  const wrong = disturbed.flatMap((pictures, n) =>
    pictures.flatMap((picture, seq) =>
      picture === undisturbed[n]?.[seq] ? [] : [`study ${n + 1}, cell ${seq}: ${picture} is not the picture`],
    ),
  )

  return { what: 'bytes as undisturbed', wrong }
}

async function unfinishedCells(ledger: Ledger, studies: string[]): Promise<string[]> {
  const { rows } = await ledger.pool.query<{ studyId: string; seq: number; status: string }>(
    `select "studyId", seq, status::text from "Cell" where "studyId" = any($1::uuid[]) and status <> 'done'
     union all
     select s.id, null, s.status::text from "Study" s where s.id = any($1::uuid[]) and s.status <> 'finished'`,
    [studies],
  )

  return rows.map(
    (row) => `study ${row.studyId}, ${row.seq === null ? 'as a whole' : `cell ${row.seq}`}: ${row.status}`,
  )
}

/** The workers' logs name every picture that was committed; more than once is once too often. */
async function doubleRenders(ledger: Ledger, data: string): Promise<string[]> {
  const told = new Map<string, number>()
  for (const name of readdirSync(join(data, 'logs')).filter((file) => file.startsWith('worker')))
    for (const line of readFileSync(join(data, 'logs', name), 'utf8').split('\n')) {
      if (!line.includes('"msg":"render done"')) continue
      const { key } = JSON.parse(line) as { key: string }
      told.set(key, (told.get(key) ?? 0) + 1)
    }
  const { rows } = await ledger.pool.query<{ key: string }>(`select key from "Render" where status = 'done'`)
  const known = new Set(rows.map((row) => row.key))

  return [...told].flatMap(([key, times]) => [
    ...(times > 1 ? [`${key} was committed ${times} times`] : []),
    ...(known.has(key) ? [] : [`${key} was committed, but the ledger does not have it as done`]),
  ])
}

async function unsound(ledger: Ledger): Promise<string[]> {
  const broken = (await checkLedger(ledger)).filter((verdict) => !verdict.ok)

  return broken.map(({ words, such }) => `${words} Not so: ${such.join(', ')}`)
}

async function restless(ledger: Ledger): Promise<string[]> {
  const { rows } = await ledger.pool.query<{ what: string }>(
    `select 'render ' || key || ' is ' || status as what from "Render" where status <> 'done' or claim is not null
     union all
     select 'preview of ' || "renderKey" || ' is left' from "Preview"`,
  )

  return rows.map((row) => row.what)
}

async function badBlobs(ledger: Ledger, blobs: BlobStore): Promise<string[]> {
  const { rows } = await ledger.pool.query<{ image: string; known: boolean }>(
    `select distinct r.image, exists (select from "Blob" b where b.sha = r.image) as known from "Render" r where r.status = 'done'`,
  )
  const wrong: string[] = []
  for (const { image, known } of rows) {
    const bytes = await blobs.get(image)
    if (!bytes) wrong.push(`picture ${image} is not stored`)
    else if (createHash('sha256').update(bytes).digest('hex') !== image)
      wrong.push(`picture ${image} has other bytes`)
    if (!known) wrong.push(`picture ${image} is not among the ledger's blobs`)
  }

  return wrong
}

const ended: ReadonlySet<string> = new Set(['COMPLETED', 'CONTINUED_AS_NEW', 'CANCELLED'])

async function orphanWorkflows({ address, namespace }: SoakStack['temporal']): Promise<string[]> {
  return withClient({ address, namespace }, async (client) => {
    const wrong: string[] = []
    for await (const { workflowId, status } of client.workflow.list()) {
      // A lane may fail: its study starts another. Nothing may still run, and no study may have failed.
      const isLane = workflowId.includes('/lane/')
      const hasEnded = isLane ? status.name !== 'RUNNING' : ended.has(status.name)
      if (!hasEnded) wrong.push(`${workflowId} is ${status.name}`)
    }

    return wrong
  })
}

/** Lanes that gave up, each with its reason: their studies start others, so nothing is wrong, but it should be rare. */
export function failedLanes(temporal: SoakStack['temporal']): Promise<string[]> {
  return withClient(temporal, async (client) => {
    const reasons: string[] = []
    for await (const { workflowId, runId } of client.workflow.list({ query: `ExecutionStatus = 'Failed'` })) {
      const error: unknown = await client.workflow
        .getHandle(workflowId, runId)
        .result()
        .catch((error) => error)
      const words: string[] = []
      for (let at = error; at instanceof Error; at = at.cause) words.push(at.message)
      reasons.push(`${workflowId}: ${words.join(' < ')}`)
    }

    return reasons
  })
}

async function withClient<T>(
  { address, namespace }: SoakStack['temporal'],
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address })
  try {
    return await work(new Client({ connection, namespace }))
  } finally {
    await connection.close()
  }
}
