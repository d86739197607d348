import type { Ledger } from './ledger.ts'

/** Those of `shas` that a render still needs: its picture, thumbnails, partials or checkpoint. For `sweepBlobs`. */
export const referencedBlobs = async (ledger: Ledger, shas: string[]): Promise<Set<string>> => {
  const { rows } = await ledger.pool.query<{ sha: string }>(
    `select sha from unnest($1::text[]) sha
     where sha in (
       select image from "Render" where image = any($1)
       union all select checkpoint from "Render" where checkpoint = any($1)
       union all select thumb.value from "Render", jsonb_each_text(thumbs) thumb where thumb.value = any($1)
       union all select partial.value ->> 'image' from "Render", jsonb_array_elements(partials) partial
                 where partial.value ->> 'image' = any($1))`,
    [shas],
  )

  return new Set(rows.map((row) => row.sha))
}
