import { createHash, randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { TeststripError } from '#study'
import { type Ledger, openLedger } from './ledger.ts'
import { migrate, readMigrations } from './migrate.ts'

/** The server for tests, as an address of one of its databases. */
const serverUrl = (): string => {
  const url = process.env.TESTSTRIP_TEST_DATABASE_URL
  if (url) return url

  throw new TeststripError(
    'unavailable',
    'TESTSTRIP_TEST_DATABASE_URL is not set. Run these tests with `npm test`.',
  )
}

const urlOf = (database: string): string =>
  Object.assign(new URL(serverUrl()), { pathname: `/${database}` }).href

const onServer = async (work: (client: Client) => Promise<void>): Promise<void> => {
  const client = new Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/**
 * An empty database of its own on the test server, and a way to be rid of it.
 *
 * @param options.template the database to copy
 */
export const createTestDatabase = async (
  options: { template?: string } = {},
): Promise<{ url: string; drop(): Promise<void> }> => {
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await onServer(async (client) => {
    await client.query(`create database ${name} ${options.template ? `template ${options.template}` : ''}`)
  })

  return {
    url: urlOf(name),
    drop: () =>
      onServer(async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  }
}

/** The migrated database all test ledgers are copied from; made once per server and set of migrations. */
const ensureTemplate = async (): Promise<string> => {
  const hash = createHash('sha256').update(
    readMigrations()
      .map((migration) => migration.checksum)
      .join(),
  )
  const name = `template_${hash.digest('hex').slice(0, 16)}`
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount) return
    // Under another name until it is whole: a killed run must not leave a half-migrated template behind.
    const draft = `draft_${randomUUID().replaceAll('-', '')}`
    await client.query(`create database ${draft}`)
    await migrate(urlOf(draft))
    await client.query(`alter database ${draft} rename to ${name}`)
  })

  return name
}

/**
 * A migrated ledger in a database of its own; one per test file. Closing it drops the database.
 *
 * @example
 * const ledger = await createTestLedger()
 * afterAll(() => ledger.close())
 */
export const createTestLedger = async (options: { max?: number } = {}): Promise<Ledger> => {
  const database = await createTestDatabase({ template: await ensureTemplate() })
  const ledger = openLedger({ url: database.url, ...options })

  return {
    ...ledger,
    close: async () => {
      await ledger.close()
      await database.drop()
    },
  }
}

/** As after a fresh start: no study, no render, no picture; devices and packs stay known. */
export const emptyLedger = async (ledger: Ledger): Promise<void> => {
  await ledger.pool.query('truncate "Study", "Cell", "Render", "Preview", "BaseRecipe", "Blob" cascade')
}
