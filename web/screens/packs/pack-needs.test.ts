import { expect, test } from 'vitest'
import { smallPack } from '#study/testing'
import { lackingOf, needsOf } from './pack-needs.ts'

test("Disco Diffusion's own settings want its model, the secondary one and the CLIPs that are on", () => {
  const needs = needsOf({
    ...{ diffusion_model: '512x512_diffusion_uncond_finetune_008100', use_secondary_model: false },
    ...{ ViTB32: true, ViTB16: true, RN50: false },
  })
  expect(needs).toEqual({
    denoiser: '512x512_diffusion_uncond_finetune_008100',
    secondary: false,
    clip: expect.arrayContaining(['ViTB32', 'ViTB16']),
  })
  expect(needs.clip).not.toContain('RN50')
  expect(lackingOf({ ...needs, clip: ['ViTB32', 'ViTB16'] }, smallPack)).toEqual([
    '512x512_diffusion_uncond_finetune_008100',
    'ViTB16',
  ])
})

test('a pack that has all lacks nothing, by whatever name its denoiser goes', () => {
  const needs = { denoiser: 'unet_512', secondary: true, clip: ['ViTB32'] }
  const file = { role: 'denoiser', file: 'unet_512.pt', bytes: 1, sha256: '', parameters: 1 }
  const pack = { ...smallPack, contents: { licence: null, folder: '/', files: [file] } }
  expect(lackingOf(needs, pack)).toEqual([])
  expect(lackingOf({ ...needs, denoiser: 'starter' }, smallPack)).toEqual([])
  expect(lackingOf({ ...needs, denoiser: null }, { ...smallPack, secondary: false })).toEqual([
    'secondary_model_imagenet_2',
  ])
})
