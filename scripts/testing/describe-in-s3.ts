import { afterAll, beforeAll, describe } from 'vitest'
import { findS3Server, type S3Server, startS3Server } from './s3-server.ts'

const { program, missing } = findS3Server()

/** Tests against a real S3 server, which the environment leads to; skipped with the reason where there is none. */
export function describeInS3(title: string, tests: (server: () => S3Server) => void): void {
  describe.skipIf(missing)(`${title}${missing ? ` (skipped: ${missing})` : ''}`, () => {
    let server: S3Server
    beforeAll(async () => {
      server = await startS3Server(program!)
      Object.assign(process.env, server.env)
    })
    afterAll(async () => {
      for (const name of Object.keys(server.env)) delete process.env[name]
      await server.stop()
    })

    tests(() => server)
  })
}
