import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A name for one device of this machine that stays the same when its worker is restarted, so that what the old
 * process still holds can be taken back at once. A second worker on the same machine gets a number: the file of each
 * name holds the process that uses it.
 *
 * @example await takeDeviceId({ host: 'lab', kind: 'cpu', data: 'var' }) // 'lab/cpu', or 'lab/cpu-2'
 */
export async function takeDeviceId(options: { host: string; kind: string; data: string }): Promise<string> {
  const { host, kind, data } = options
  const folder = join(data, 'devices')
  await mkdir(folder, { recursive: true })

  for (let n = 1; ; n++) {
    const name = n === 1 ? kind : `${kind}-${n}`
    const file = join(folder, `${name.replace(/[^\w-]/g, '_')}.pid`)
    const holder = Number(await readFile(file, 'utf8').catch(() => ''))
    if (holder > 0 && isAlive(holder)) continue

    await writeFile(file, String(process.pid))

    return `${host}/${name}`
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)

    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
