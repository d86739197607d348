import { type BlobStore, sha256 } from '#blobs'
import { type Ledger, namedBlobs, type Verdict } from '#prisma'

const shown = 5
const atOnce = 8

/** Whether the bytes of everything that the ledger names are there and are what their names say. Reads all of them. */
export async function checkBlobs({
  ledger,
  blobs,
}: {
  ledger: Ledger
  blobs: BlobStore
}): Promise<Verdict[]> {
  const missing: string[] = []
  const changed: string[] = []
  const look = async ({ sha, who }: { sha: string; who: string }): Promise<void> => {
    const bytes = await blobs.get(sha)
    if (!bytes) missing.push(`${who}: ${sha}`)
    else if (sha256(bytes) !== sha) changed.push(`${who}: ${sha}`)
  }

  const looking = new Set<Promise<void>>()
  for await (const named of namedBlobs(ledger)) {
    if (looking.size === atOnce) await Promise.race(looking)
    const one = look(named).finally(() => looking.delete(one))
    looking.add(one)
  }
  await Promise.all(looking)

  return [
    verdict(
      'blobs-are-stored',
      'Every picture, checkpoint and print that the ledger names is stored.',
      missing,
    ),
    verdict('blobs-are-whole', 'Every stored blob has the bytes that its name is the hash of.', changed),
  ]
}

const verdict = (name: string, words: string, offenders: string[]): Verdict => ({
  name,
  words,
  ok: offenders.length === 0,
  count: offenders.length,
  such: offenders.sort().slice(0, shown),
})
