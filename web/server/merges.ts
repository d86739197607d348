import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type Merges, parseMerges } from '#study'
import { once } from './once.ts'

/** CLIP's merge table, for counting the tokens of a prompt exactly; read once, off the event loop. */
export const merges = (): Promise<Merges> => once('merges', readMerges)

async function readMerges(): Promise<Merges> {
  const packed = await readFile(join(process.cwd(), 'study/prompts/bpe_simple_vocab_16e6.txt.gz'))
  const text = await promisify(gunzip)(packed)

  return parseMerges(text.toString('utf8'))
}
