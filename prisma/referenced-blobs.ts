import type { Ledger } from './ledger.ts'

/**
 * Those of `shas` that are still needed: as picture, thumbnail, partial or checkpoint of a render, as a printed sheet,
 * or as a picture that the recipe of a study or of a render names. For `sweepBlobs`.
 */
export const referencedBlobs = async (ledger: Ledger, shas: string[]): Promise<Set<string>> => {
  const made = await madeHere(ledger, shas)
  const others = shas.filter((sha) => !made.has(sha))
  // Reading through all recipes takes longer, and most blobs are known by now.
  if (others.length === 0) return made

  const named = await namedByRecipes(ledger)

  return new Set([...made, ...others.filter((sha) => named.has(sha))])
}

const madeHere = async (ledger: Ledger, shas: string[]): Promise<Set<string>> => {
  const { rows } = await ledger.pool.query<{ sha: string }>(
    `select sha from unnest($1::text[]) sha
     where sha in (
       select image from "Render" where image = any($1)
       union all select blob from "Print" where blob = any($1)
       union all select checkpoint from "Render" where checkpoint = any($1)
       union all select thumb.value from "Render", jsonb_each_text(thumbs) thumb where thumb.value = any($1)
       union all select partial.value ->> 'image' from "Render", jsonb_array_elements(partials) partial
                 where partial.value ->> 'image' = any($1))`,
    [shas],
  )

  return new Set(rows.map((row) => row.sha))
}

/** A recipe names a picture as `sha256:<hex>`, wherever in it: init_image, image_prompts, points of an axis. */
const namedByRecipes = async (ledger: Ledger): Promise<Set<string>> => {
  const { rows } = await ledger.pool.query<{ sha: string }>(
    `with written(text) as (
       select file::text from "Study"
       union all select recipe::text from "BaseRecipe"
       union all select patch::text from "Render")
     select distinct found[1] as sha
     from written, regexp_matches(text, 'sha256:([0-9a-f]{64})', 'g') found
     where text like '%sha256:%'`,
  )

  return new Set(rows.map((row) => row.sha))
}
