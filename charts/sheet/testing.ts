import sharp from 'sharp'
import { makePlan, noCosts, type PackInfo, type Plan, type StudyFile } from '#study'
import type { SheetCell } from './sheet-cell.ts'

/** A pack as the starter pack describes itself, without weights: tests of charts draw their own pictures. */
export const testPack: PackInfo = {
  name: 'starter',
  title: 'Starter pack',
  hash: 'ab'.repeat(32),
  nativeSize: [64, 64],
  defaults: { steps: 50, width_height: [64, 64], clip_guidance_scale: 500, eta: 1, clamp_max: 0.1 },
  usual: {},
  clip: [{ name: 'ViTB32', resolution: 32, contextLength: 64, merges: 1500, embed: 128 }],
  secondary: true,
  lpips: false,
  parameterCount: 5_100_000,
  costs: noCosts,
}

export const testId = '0192f3c1-7a00-7000-8000-0123456789ab'

export function testStudy(file: Partial<StudyFile>): {
  study: { id: string; title: string; file: StudyFile }
  plan: Plan
} {
  const whole: StudyFile = { teststrip: 1, title: 'A study', pack: 'starter', recipe: {}, axes: [], ...file }
  const { plan, problems } = makePlan(whole, testPack)
  if (!plan) throw new Error(problems.map((problem) => problem.message).join(' '))

  return { study: { id: testId, title: whole.title, file: whole }, plan }
}

/** One finished cell per place of the plan, each with a picture of its own. */
export function doneCells(plan: Plan): SheetCell[] {
  return Array.from({ length: plan.size }, (_, seq) => ({
    seq,
    renderKey: seq.toString(16).padStart(64, '0'),
    status: 'done',
    image: `picture-${seq}`,
  }))
}

/** A picture that no other number makes. */
export async function testPicture(n: number, width = 64, height = 64): Promise<Buffer> {
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rgb.set(
        [(x * 4 + n * 31) & 255, (y * 4 + n * 57) & 255, ((x ^ y) * 8 + n * 13) & 255],
        3 * (y * width + x),
      )

  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

export const testPictures = async (sha: string) => testPicture(Number(sha.split('-')[1]))
