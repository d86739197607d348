import type { Ledger } from '../ledger.ts'

const page = 5000

/** Every blob that a render or a print names, with who names it; once each, in order of their hashes. */
export async function* namedBlobs(ledger: Ledger): AsyncGenerator<{ sha: string; who: string }> {
  for (let after = ''; ; ) {
    const { rows } = await ledger.pool.query<{ sha: string; who: string }>(
      `select sha, min(who) as who from (
         select image as sha, 'picture of render ' || key as who from "Render" where image > $1
         union all select checkpoint, 'checkpoint of render ' || key from "Render" where checkpoint > $1
         union all select partial.value ->> 'image', 'intermediate picture of render ' || key
                   from "Render", jsonb_array_elements(partials) partial where partial.value ->> 'image' > $1
         union all select thumb.value, 'thumbnail of render ' || "Render".key
                   from "Render", jsonb_each_text(thumbs) thumb where thumb.value > $1
         union all select blob, 'print ' || key from "Print" where blob > $1
       ) named group by sha order by sha limit $2`,
      [after, page],
    )
    yield* rows
    if (rows.length < page) return
    after = rows.at(-1)!.sha
  }
}
