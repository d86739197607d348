import { type PackInfo, parameterNamed, type StudyFile } from '#study'

type Usual = (name: string) => [low: number, high: number]

/** A study to begin with: what it asks, and the axes that answer. */
export interface Template {
  id: string
  title: string
  says: string
  /** Points of its two axes, for its small drawing. */
  shape: [columns: number, rows: number]
  /** Values lie where the pack usually works, so that a template shows something with any of them. */
  axes: (usual: Usual) => string[]
}

export const templates: readonly Template[] = [
  {
    id: 'sweep',
    title: 'Guidance against eta',
    says: 'How far the prompt pulls, and how much fresh noise each step adds.',
    shape: [4, 4],
    axes: (usual) => [
      `clip_guidance_scale ${spread(usual('clip_guidance_scale'), 4)}`,
      'eta 0, 0.3, 0.6, 0.9',
    ],
  },
  {
    id: 'seeds',
    title: 'Seeds side by side',
    says: 'One recipe, eight throws of the dice: what is the setting, what is luck?',
    shape: [8, 2],
    axes: (usual) => [
      'seed seeds 8 from 1000',
      `clip_guidance_scale ${spread(usual('clip_guidance_scale'), 2)}`,
    ],
  },
  {
    id: 'cuts',
    title: 'Cuts',
    says: 'How the number of cutouts and their crowding to the centre change the composition.',
    shape: [3, 3],
    axes: () => ['cutn_batches 1, 2, 4', 'cut_ic_pow 0.5, 1, 4'],
  },
  {
    id: 'smooth',
    title: 'Smooth or crunchy',
    says: 'Total variation against saturation: two ways to calm a picture.',
    shape: [4, 3],
    axes: (usual) => [
      `tv_scale ${spread(usual('tv_scale'), 4)}`,
      `sat_scale ${spread(usual('sat_scale'), 3)}`,
    ],
  },
  {
    id: 'steps',
    title: 'Fewer steps',
    says: 'How many steps a picture needs before more of them show nothing new.',
    shape: [4, 3],
    axes: () => ['steps 10, 25, 50, 100', 'seed seeds 3 from 1000'],
  },
]

/** The file a template begins with, for a pack. */
export function fileFromTemplate(id: string | undefined, pack: PackInfo): StudyFile {
  const template = templates.find((each) => each.id === id)
  const usual: Usual = (name) => pack.usual[name] ?? parameterNamed(name)?.usual ?? [0, 1]

  return {
    teststrip: 1,
    title: template?.title ?? '',
    pack: pack.name,
    recipe: template ? { text_prompts: { '0': ['a lighthouse on the sea at sunset, oil painting'] } } : {},
    axes: template?.axes(usual) ?? [],
  }
}

/** So many values from nothing (or the low end) to the high end, doubling roughly, as one types them. */
function spread([low, high]: [number, number], count: number): string {
  const values = Array.from({ length: count }, (_, index) =>
    index === 0 ? low : Number((high / 2 ** (count - 1 - index)).toPrecision(2)),
  )

  return values.join(', ')
}
