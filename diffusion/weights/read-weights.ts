import { OpenFile } from './open-file.ts'
import { readSafetensors } from './safetensors.ts'
import { stripPrefixes } from './strip-prefixes.ts'
import type { TensorEntry, TensorFile } from './tensor-file.ts'
import { readLegacyCheckpoint } from './torch/legacy-checkpoint.ts'
import { readZipCheckpoint } from './torch/zip-checkpoint.ts'

/**
 * Reads the table of a weight file, whatever its container: safetensors, PyTorch's zip files (checkpoints and
 * TorchScript archives) and its older stream of pickles. Nothing in a file is executed, and what reading costs is
 * bounded; throws `pack_invalid` with one sentence that names the file.
 */
export async function readWeights(path: string): Promise<TensorFile> {
  return OpenFile.with(path, async (file) => {
    const entries = await readEntries(file)

    return {
      path: file.realPath,
      tensors: new Map(stripPrefixes(entries).map((entry) => [entry.name, entry])),
    }
  })
}

async function readEntries(file: OpenFile): Promise<readonly TensorEntry[]> {
  const start = await file.read(0, 264)
  const text = start.toString('latin1')
  if (start.length === 0) file.fail('the file is empty; copy it again.')
  // The length before a safetensors header may begin with any bytes, so the header itself is looked for first.
  if (text[8] === '{') return readSafetensors(file)
  if (text[0] === '\x80') return readLegacyCheckpoint(file)
  if (text.startsWith('PK\x03\x04')) return readZipCheckpoint(file)
  if (/^\s*<(!doctype|html|\?xml)/i.test(text))
    file.fail('this is a web page, not weights; the download gave an error page.')
  if (text.startsWith('version https://git-lfs'))
    file.fail('this is a Git LFS pointer, not the weights it points at; fetch the file itself.')
  if (text.slice(257, 262) === 'ustar')
    file.fail(
      "this is PyTorch 0.1's tar format, which is not read; load and save it once with a later PyTorch.",
    )

  return readSafetensors(file)
}
