/** `npm start`: the command line's `start`, which brings everything up on this machine. Options are passed on. */
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cli = join(dirname(dirname(fileURLToPath(import.meta.url))), 'cli', 'teststrip.mjs')
const child = spawn(process.execPath, [cli, 'start', ...process.argv.slice(2)], { stdio: 'inherit' })
// Ctrl-C reaches the child through the terminal; here it only must not end the wait.
process.on('SIGINT', () => undefined)
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.once('exit', (code) => process.exit(code ?? 1))
