import type { PoolClient } from 'pg'
import type { Recipe } from '#study'
import { recipeHash } from './recipe-hash.ts'

/** Names the advisory lock that whoever writes renders shares, and whoever deletes bases has alone. */
const lock = `hashtext('teststrip base recipes')`

/**
 * Keeps base recipes for the renders of this transaction: from here to its end none of them is deleted.
 *
 * @returns the names of `recipes`, in their order
 */
export const keepBases = async (client: PoolClient, recipes: readonly Recipe[]): Promise<string[]> => {
  const names = recipes.map(recipeHash)
  await client.query(`select pg_advisory_xact_lock_shared(${lock})`)
  await client.query(
    `insert into "BaseRecipe" (hash, recipe)
     select hash, recipe::jsonb from unnest($1::text[], $2::text[]) as t(hash, recipe) order by hash on conflict do nothing`,
    [names, recipes.map((recipe) => JSON.stringify(recipe))],
  )

  return names
}

/** Deletes the base recipes that no render differs from. */
export const sweepBases = async (client: PoolClient): Promise<void> => {
  // Once the lock is had, every render that names a base is there to be seen.
  await client.query(`select pg_advisory_xact_lock(${lock})`)
  await client.query(
    `delete from "BaseRecipe" b where not exists (select from "Render" r where r."baseHash" = b.hash)`,
  )
}
