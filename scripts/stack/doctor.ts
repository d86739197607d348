import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs'
import { cpus, freemem, totalmem } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { readStackSettings, root } from './settings.ts'
import { findTemporal } from './temporal.ts'
import { answers } from './wait.ts'

/** One thing that was looked at: what it is, whether it will do, and what was seen or what to do. */
export interface Finding {
  name: string
  ok: boolean
  detail: string
}

const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`

async function lookAtDatabase(url: string | undefined): Promise<Finding> {
  const name = 'Postgres'
  if (!url) return { name, ok: true, detail: 'embedded, started with Teststrip' }
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
    const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000)

    return {
      name,
      ok: major >= 15,
      detail: `DATABASE_URL answers, version ${major}${major >= 15 ? '' : '; 15 or newer is needed'}`,
    }
  } catch (error) {
    return {
      name,
      ok: false,
      detail: `DATABASE_URL does not answer (${(error as Error).message}); check that it runs`,
    }
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function lookAtTemporal(address: string | undefined): Promise<Finding> {
  const name = 'Temporal'
  if (!address) {
    try {
      return {
        name,
        ok: true,
        detail: `embedded, ${findTemporal(join(root, 'var', 'tools'), () => undefined)}`,
      }
    } catch (error) {
      return { name, ok: false, detail: (error as Error).message }
    }
  }
  const [host = '127.0.0.1', port = '7233'] = address.split(':')
  const isUp = await answers(host, Number(port))

  return {
    name,
    ok: isUp,
    detail: isUp ? 'TEMPORAL_ADDRESS answers' : 'TEMPORAL_ADDRESS does not answer; check that it runs',
  }
}

function lookAtDisk(data: string): Finding {
  const { bavail, bsize } = statfsSync(data)
  const free = bavail * bsize

  return { name: 'Disk', ok: free > 2 ** 30, detail: `${gib(free)} free for ${data}` }
}

function lookAtFolder(data: string): Finding {
  try {
    accessSync(data, constants.W_OK)

    return { name: 'Data folder', ok: true, detail: data }
  } catch {
    return {
      name: 'Data folder',
      ok: false,
      detail: `${data} cannot be written; set TESTSTRIP_DATA to a folder of yours`,
    }
  }
}

async function lookAtDashboard(data: string): Promise<Finding> {
  const path = join(data, 'run', 'web.json')
  const name = 'Dashboard'
  if (!existsSync(path)) return { name, ok: true, detail: 'not started' }
  const { url } = JSON.parse(readFileSync(path, 'utf8')) as { url: string }
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(3000) })

    return { name, ok: response.ok, detail: `${url} answers ${response.status}` }
  } catch {
    return { name, ok: true, detail: 'not running now' }
  }
}

/** What is installed, reachable and big enough, for `teststrip doctor`. */
export async function doctor(): Promise<Finding[]> {
  const settings = readStackSettings()

  return [
    { name: 'Node', ok: true, detail: process.version },
    {
      name: 'Machine',
      ok: true,
      detail: `${cpus().length} cores, ${gib(totalmem())} memory, ${gib(freemem())} free`,
    },
    lookAtFolder(settings.data),
    lookAtDisk(settings.data),
    await lookAtDatabase(settings.databaseUrl),
    await lookAtTemporal(settings.temporalAddress),
    await lookAtDashboard(settings.data),
  ]
}
