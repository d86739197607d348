import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { TeststripError } from '#study'

/** The lock Prisma's own migrate takes: the two never run side by side. */
const migrateLock = 72707369

/** Prisma's book of applied migrations, column for column, so that either tool can go on where the other stopped. */
const book = `create table if not exists "_prisma_migrations" (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`

export interface Migration {
  name: string
  sql: string
  /** SHA-256 of the file, as Prisma computes it. */
  checksum: string
}

const here = import.meta.dirname

/** The migrations beside this file, oldest first. */
export const readMigrations = (folder = join(here, 'migrations')): Migration[] =>
  readdirSync(/* turbopackIgnore: true */ folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')

      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })

/**
 * Brings a database to this version's schema. Safe to call at every start and from several machines at once: each
 * migration is one transaction, and an applied one is only checked.
 *
 * @returns the names applied now
 */
export const migrate = async (
  url: string,
  migrations: Migration[] = readMigrations(),
): Promise<{ applied: string[] }> => {
  const client = new Client({ connectionString: url, application_name: 'teststrip migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrateLock])
    // Waiting behind a long query would make everyone else wait behind us.
    await client.query(`set lock_timeout = '3s'`)
    await client.query(book)

    const pending = await findPending(client, migrations)
    for (const migration of pending) await apply(client, migration)

    return { applied: pending.map((migration) => migration.name) }
  } finally {
    await client.end()
  }
}

const findPending = async (client: Client, migrations: Migration[]): Promise<Migration[]> => {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'select migration_name, checksum, finished_at from "_prisma_migrations" where rolled_back_at is null',
  )
  const applied = new Map(rows.map((row) => [row.migration_name, row]))

  const unknown = rows.find((row) => !migrations.some((migration) => migration.name === row.migration_name))
  if (unknown)
    throw new TeststripError(
      'conflict',
      `The database has the migration '${unknown.migration_name}', which this version of Teststrip does not know. Use the newer version, or another DATABASE_URL.`,
    )

  return migrations.filter((migration) => {
    const before = applied.get(migration.name)
    if (!before) return true
    if (before.checksum === migration.checksum && before.finished_at) return false

    throw new TeststripError(
      'conflict',
      before.finished_at
        ? `The migration '${migration.name}' was changed after it was applied to this database. Restore the file, or start with an empty database.`
        : `The migration '${migration.name}' was begun by another tool and never finished. Repair it with 'prisma migrate resolve'.`,
    )
  })
}

const apply = async (client: Client, migration: Migration): Promise<void> => {
  const started = new Date()
  try {
    await client.query('begin')
    await client.query(migration.sql)
    await client.query(
      `insert into "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name, started],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new TeststripError(
      'internal',
      `The migration '${migration.name}' failed: ${(error as Error).message}`,
    )
  }
}
