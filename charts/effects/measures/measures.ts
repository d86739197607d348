import type { PixelMeasures } from './measure-pixels.ts'

/** One figure of a picture, as `Render.metrics` keeps it under its name. */
export interface Measure {
  name: string
  label: string
  /** What it is counted in; empty for plain shares and ratios. */
  unit: string
  /** What it says, and of which definition, in a sentence. */
  says: string
  digits: number
}

const pixels: Record<keyof PixelMeasures, Omit<Measure, 'name'>> = {
  luminance: {
    label: 'luminance',
    unit: '',
    says: 'Mean brightness, 0 black to 1 white (Rec. 709 luma of the display values).',
    digits: 3,
  },
  contrast: {
    label: 'contrast',
    unit: '',
    says: 'How far brightness is spread: the standard deviation of luma, 0 to 0.5.',
    digits: 3,
  },
  saturation: {
    label: 'saturation',
    unit: '',
    says: 'Mean purity of colour, 0 grey to 1 pure (HSV saturation).',
    digits: 3,
  },
  colourfulness: {
    label: 'colourfulness',
    unit: '',
    says: 'How colourful people find it, 0 grey to above 109 extremely (Hasler and Süsstrunk 2003).',
    digits: 1,
  },
  sharpness: {
    label: 'sharpness',
    unit: 'levels²',
    says: 'Fine detail, grain included: the variance of the Laplacian of luma in grey levels 0 to 255.',
    digits: 0,
  },
  edgeDensity: {
    label: 'edge density',
    unit: '',
    says: 'Share of pixels on an edge: Sobel gradient of luma above a tenth.',
    digits: 3,
  },
}

const clipSimilarity: Measure = {
  name: 'clipSimilarity',
  label: 'CLIP similarity',
  unit: '',
  says: "How near the picture is to its positive prompts together: cosine in the pack's first CLIP.",
  digits: 3,
}

const lpips: Measure = {
  name: 'lpips',
  label: 'LPIPS distance',
  unit: '',
  says: "How different it looks from the study's reference picture: LPIPS by the pack's VGG, 0 for the same.",
  digits: 3,
}

/** Cosine of a picture and its text prompt number `index` (from 0) in the pack's first CLIP. */
export const promptMeasure = (index: number): string => `clipPrompt${index + 1}`

const promptName = /^clipPrompt(\d+)$/

/** Every measure that stands in these figures and is known, in the order of lists; a lone prompt is the similarity itself. */
export function measuresIn(figures: Iterable<Readonly<Record<string, number>> | null>): Measure[] {
  const held = new Set<string>()
  for (const each of figures) for (const name of Object.keys(each ?? {})) held.add(name)
  const prompts = [...held]
    .flatMap((name) => promptName.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)

  return [
    ...(held.has(clipSimilarity.name) ? [clipSimilarity] : []),
    ...(prompts.length > 1 ? prompts.map(ofPrompt) : []),
    ...(held.has(lpips.name) ? [lpips] : []),
    ...Object.entries(pixels).flatMap(([name, measure]) => (held.has(name) ? [{ name, ...measure }] : [])),
  ]
}

const ofPrompt = (number: number): Measure => ({
  name: promptMeasure(number - 1),
  label: `CLIP, prompt ${number}`,
  unit: '',
  says: `How near the picture is to its prompt number ${number}: cosine in the pack's first CLIP.`,
  digits: 3,
})
