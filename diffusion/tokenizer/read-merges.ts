import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type Merges, parseMerges } from '#study'

const table = join(import.meta.dirname, '../../study/prompts/bpe_simple_vocab_16e6.txt.gz')

let merges: Merges | null = null

/** CLIP's table of byte-pair merges, read once per process. A pack uses the first `merges` of it. */
export function readMerges(): Merges {
  merges ??= parseMerges(gunzipSync(readFileSync(table)).toString('utf8'))

  return merges
}
