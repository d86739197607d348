import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import { Pool, type QueryResult } from 'pg'

/** Prisma's schema engine as WASM, the one that needs no download. Its glue code serves one instance only. */
const loadEngine = async () => {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const code = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/\.js$/, '_bg.wasm')
  const { instance } = await WebAssembly.instantiate(readFileSync(code), {
    './schema_engine_bg.js': { ...glue },
  })
  const bound = glue as unknown as { __wbg_set_wasm(exported: unknown): void }
  bound.__wbg_set_wasm(instance.exports)
  const started = instance.exports as { __wbindgen_start(): void }
  started.__wbindgen_start()

  return glue.SchemaEngine
}

let engineClass: ReturnType<typeof loadEngine> | undefined

const charType = 18
const charArrayType = 1002

/**
 * Postgres' catalogues are full of `"char"`, a type that Prisma's adapter does not know, though its engine does: such
 * columns go through the adapter as arrays of characters and get their name back behind it.
 */
class CatalogueAdapter extends PrismaPg {
  constructor(pool: Pool) {
    const query = pool.query.bind(pool) as unknown as (...call: unknown[]) => Promise<QueryResult>
    const disguised = async (...call: unknown[]) => {
      const result = await query(...call)
      for (const field of result.fields) if (field.dataTypeID === charType) field.dataTypeID = charArrayType

      return result
    }
    pool.query = disguised as unknown as Pool['query']
    super(pool)
  }

  override async connect() {
    const adapter = await super.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
      )

      return { ...result, columnTypes }
    }

    return adapter
  }
}

/** The statements Prisma would run to turn the database into schema.prisma. None: the two are equal in all it can say. */
export const schemaDrift = async (url: string): Promise<string[]> => {
  engineClass ??= loadEngine()
  const SchemaEngine = await engineClass
  const schema = readFileSync(join(import.meta.dirname, 'schema.prisma'), 'utf8')
  const pool = new Pool({ connectionString: url })
  try {
    const engine = await SchemaEngine.new(
      { datamodels: [['schema.prisma', schema]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(new CatalogueAdapter(pool)),
    )
    const files = [{ path: 'schema.prisma', content: schema }]
    const answer = await engine.diff({
      from: { tag: 'schemaDatasource', configDir: import.meta.dirname, files },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
      shadowDatabaseUrl: null,
    } as Parameters<typeof engine.diff>[0])

    return (answer.stdout ?? '').split('\n').filter((line) => line.trim() && !line.startsWith('--'))
  } finally {
    await pool.end()
  }
}
