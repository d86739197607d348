import type { Ledger } from './ledger.ts'
import { insertBlob } from './record-blob.ts'
import { transaction } from './transaction.ts'
import type { PartialPicture } from './types.ts'

/** Keeps an intermediate picture (DD's `intermediate_saves`). A resumed render may repeat a step: the last one stays. */
export const savePartial = (
  ledger: Ledger,
  options: PartialPicture & { key: string; claim: string; bytes: number },
): Promise<boolean> =>
  transaction(ledger.pool, async (client) => {
    const { key, claim, bytes, step, image, width, height } = options
    const saved = await client.query(
      `update "Render" set partials = jsonb_build_array($4::jsonb) || (
         select coalesce(jsonb_agg(partial), '[]') from jsonb_array_elements(partials) partial where partial -> 'step' <> $3::jsonb)
       where key = $1 and claim = $2 and status = 'rendering'`,
      [key, claim, JSON.stringify(step), JSON.stringify({ step, image, width, height })],
    )
    if (saved.rowCount === 0) return false

    await insertBlob(client, { sha: image, bytes, mediaType: 'image/png', width, height })

    return true
  })
