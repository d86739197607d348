import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Graph } from '../graph/index.ts'
import { layouts } from '../pack/layouts.ts'
import type { UnetConfig } from '../pack/schema.ts'
import type { TensorEntry, TensorFile } from '../weights/index.ts'
import { clipText } from './clip-text.ts'
import { clipSizes, clipVision } from './clip-vision.ts'
import { secondary } from './secondary.ts'
import { unet } from './unet.ts'

/** The names and shapes of a published checkpoint, without its numbers; `asked` collects what a network reads. */
function checkpoint(list: string): { file: TensorFile; asked: Set<string> } {
  const text = readFileSync(join(import.meta.dirname, `../testing/keys/${list}.txt`), 'utf8')
  const entries = text
    .trim()
    .split('\n')
    .map((line): [string, TensorEntry] => {
      const [name, shape] = line.split(/ (?=\[)/) as [string, string]

      return [name, { name, type: 'F16', shape: JSON.parse(shape) as number[], offset: 0, bytes: 0 }]
    })
  const asked = new Set<string>()
  class Recording extends Map<string, TensorEntry> {
    override get(name: string) {
      asked.add(name)

      return super.get(name)
    }
  }

  return { file: { path: `/${list}.pt`, tensors: new Recording(entries) }, asked }
}

const unets: Record<string, UnetConfig> = {
  keys_512: layouts['512x512'],
  keys_256: layouts['256x256'],
  keys_portrait: layouts.portrait,
  keys_kali: layouts.kaliyuga,
}

describe('every tensor of the published checkpoints finds its place', () => {
  for (const [list, config] of Object.entries(unets)) {
    it(list, () => {
      const { file, asked } = checkpoint(list)
      const { out } = unet(new Graph(), file, config, [128, 64])
      expect(out.shape).toEqual([1, 3, 64, 128])
      expect([...file.tensors.keys()].filter((name) => !asked.has(name))).toEqual([])
    })
  }

  it('keys_secondary', () => {
    const { file, asked } = checkpoint('keys_secondary')
    expect(secondary(new Graph(), file, [128, 64]).v.shape).toEqual([1, 3, 64, 128])
    expect([...file.tensors.keys()].filter((name) => !asked.has(name))).toEqual([])
  })

  const clips: Record<string, [resolution: number, embed: number]> = {
    'clipkeys_ViT-B-32': [224, 512],
    'clipkeys_ViT-B-16': [224, 512],
    'clipkeys_ViT-L-14': [224, 768],
    'clipkeys_ViT-L-14_336px': [336, 768],
    clipkeys_RN50: [224, 1024],
    clipkeys_RN101: [224, 512],
    clipkeys_RN50x4: [288, 640],
    clipkeys_RN50x16: [384, 768],
    clipkeys_RN50x64: [448, 1024],
  }
  for (const [list, [resolution, embed]] of Object.entries(clips)) {
    it(list, () => {
      const { file, asked } = checkpoint(list)
      const sizes = clipSizes(file, new Graph())
      expect(sizes).toEqual({ resolution, embed, contextLength: 77, vocabulary: 49408 })
      const cuts = new Graph().input('cuts', ['cuts', 3, resolution, resolution])
      expect(clipVision(cuts, file, 'quick_gelu').shape).toEqual(['cuts', embed])
      expect(clipText(new Graph(), file, 'quick_gelu').embedding.shape).toEqual([1, embed])
      const unused = [...file.tensors.keys()].filter((name) => !asked.has(name))
      expect(unused.filter((name) => !/^logit_scale$|num_batches_tracked$/.test(name))).toEqual([])
    })
  }
})
