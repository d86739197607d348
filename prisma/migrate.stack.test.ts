import { Client } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate, readMigrations } from './migrate.ts'
import { createTestDatabase } from './testing.ts'
import { schemaDrift } from './testing-drift.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

const query = async (sql: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

it('applies every migration once, also when several machines start together', async () => {
  const names = readMigrations().map((migration) => migration.name)
  const together = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)])
  const before = await query('select * from "_prisma_migrations"')

  expect(together.flatMap((one) => one.applied)).toEqual(names)
  expect(await migrate(database.url)).toEqual({ applied: [] })
  expect(await query('select * from "_prisma_migrations"')).toEqual(before)
  expect(before.map((row) => row.checksum)).toEqual(readMigrations().map((migration) => migration.checksum))
})

it('leaves no trace of a migration that fails', async () => {
  const broken = { name: '9999_broken', sql: 'create table half (id int); select 1/0', checksum: 'x' }

  await expect(migrate(database.url, [...readMigrations(), broken])).rejects.toThrow(
    /9999_broken.*division by zero/,
  )
  expect(await query(`select from information_schema.tables where table_name = 'half'`)).toEqual([])
  expect(await migrate(database.url)).toEqual({ applied: [] })
})

it('refuses a database of a newer version, and an edited migration', async () => {
  const [first] = readMigrations()
  await migrate(database.url, [first!, { name: '9999_newer', sql: 'select 1', checksum: 'x' }])
  await expect(migrate(database.url)).rejects.toThrow(/9999_newer.*does not know/)

  const edited = { ...first!, checksum: 'edited' }
  await expect(
    migrate(database.url, [edited, { name: '9999_newer', sql: 'select 1', checksum: 'x' }]),
  ).rejects.toThrow(/was changed after it was applied/)
})

it('gives every step of a run the mark that the run had when marks went by renders', async () => {
  const all = readMigrations()
  const before = all.findIndex(({ name }) => name.startsWith('0008'))
  await migrate(database.url, all.slice(0, before))
  const id = '01890000-0000-7000-8000-000000000000'
  await query(`insert into "Study" (id, title, file) values ('${id}', 'Steps', '{}')`)
  await query(`insert into "Cell" ("studyId", seq, coords, "renderKey", status, partial, rank, version)
    values ('${id}', 0, '{0}', 'run', 'queued', 5, 0, 1), ('${id}', 1, '{1}', 'run', 'queued', null, 1, 1),
           ('${id}', 2, '{2}', 'other', 'queued', 5, 2, 1)`)
  await query(`insert into "Mark" ("studyId", "renderKey", rating) values ('${id}', 'run', 4)`)

  await migrate(database.url)
  expect(await query('select "renderKey", partial, rating from "Mark" order by partial')).toEqual([
    { renderKey: 'run', partial: 0, rating: 4 },
    { renderKey: 'run', partial: 5, rating: 4 },
  ])
})

it('ends in exactly what schema.prisma says, but for what Prisma cannot say', async () => {
  await migrate(database.url)
  expect(await schemaDrift(database.url)).toEqual([])

  // The comparison itself sees a difference.
  await query('alter table "Study" drop column "demo"')
  expect(await schemaDrift(database.url)).toEqual([
    'ALTER TABLE "Study" ADD COLUMN     "demo" BOOLEAN NOT NULL DEFAULT false;',
  ])
})
