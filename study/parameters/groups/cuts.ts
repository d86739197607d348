import { boolean, schedule } from '../define.ts'

export const cutParameters = {
  cut_overview: schedule('[12]*400+[4]*600', {
    stage: 'cuts',
    whole: true,
    min: 0,
    max: 1024,
    usual: [0, 16],
    cost: 'CLIP time grows with the number of cuts',
    memory: 'grows with the largest number of cuts at once',
    help: 'Cuts of the whole picture that CLIP sees, over the 1000 units of a run. Many at the start settle the composition.',
  }),
  cut_innercut: schedule('[4]*400+[12]*600', {
    stage: 'cuts',
    whole: true,
    min: 0,
    max: 1024,
    usual: [0, 16],
    cost: 'CLIP time grows with the number of cuts',
    memory: 'grows with the largest number of cuts at once',
    help: 'Cuts of random parts of the picture, over the run. Many towards the end bring out detail; many at the start scatter the subject across the picture.',
  }),
  cut_ic_pow: schedule('[1]*1000', {
    stage: 'cuts',
    exclusiveMin: 0,
    min: 0,
    max: 1000,
    usual: [0.5, 100],
    help: 'How small the inner cuts are. At 1 all sizes are equally likely, below it they grow towards the whole picture, and high values look at tiny patches and give fine, repeated detail.',
  }),
  cut_icgray_p: schedule('[0.2]*400+[0]*600', {
    stage: 'cuts',
    min: 0,
    max: 1,
    usual: [0, 1],
    help: 'Share of the inner cuts shown to CLIP in grey, over the run. Early grey cuts help form and light before colour takes over.',
  }),
  skip_augs: boolean(false, {
    stage: 'cuts',
    cost: 'a little faster when on',
    help: 'Shows CLIP the cuts as they are, without random flips, shifts and colour changes. Textures get crisper and artefacts more likely.',
  }),
}
