import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DeviceName } from './device-name.ts'
import { type Proof, proveDevice } from './prove.ts'

const self = fileURLToPath(import.meta.url)

/** What a device's proof came to, made in a process of its own: a driver that breaks down takes only that with it. */
export async function proveApart(device: DeviceName): Promise<{ proof: Proof } | { reason: string }> {
  const child = fork(self, [device], {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })

  return new Promise((resolve) => {
    child.once('message', (answer: { proof: Proof } | { reason: string }) => resolve(answer))
    child.once('exit', (code, signal) =>
      resolve({
        reason: `The device ${device} ended the process that tried it (${signal ?? `code ${code}`}).`,
      }),
    )
  })
}

if (process.argv[1] === self && process.send) {
  const device = process.argv[2] as DeviceName
  const answer = await proveDevice({ device, threads: 1 }).then(
    (proof) => ({ proof }),
    (error: Error) => ({ reason: error.message }),
  )
  process.send(answer, () => process.exit(0))
}
