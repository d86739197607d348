import type { PackInfo } from '../pack-info.ts'
import { isActive } from '../parameters/active.ts'
import type { ParameterName, Recipe } from '../parameters/catalogue.ts'
import { parameterNamed } from '../parameters/parameter.ts'
import { promptsAt } from '../prompts/parse-prompt.ts'
import { readPrompt } from '../prompts/read-prompt.ts'
import { completeRecipe } from '../recipe/complete-recipe.ts'

interface Advice {
  reads: readonly ParameterName[]
  say(recipe: Recipe, pack: PackInfo): string | null
}

const advice: readonly Advice[] = [
  {
    reads: ['perlin_init', 'init_image'],
    say: ({ perlin_init, init_image }) =>
      perlin_init && init_image !== null ? 'perlin_init will override init_image.' : null,
  },
  {
    reads: ['init_image', 'skip_steps', 'steps'],
    say: ({ init_image, skip_steps, steps }) =>
      init_image !== null && skip_steps < steps / 4
        ? `skip_steps is ${skip_steps} with an init_image; about half of the steps (${Math.round(steps / 2)}) keeps its composition.`
        : null,
  },
  {
    reads: ['skip_steps', 'steps', 'init_image', 'perlin_init'],
    say: ({ skip_steps, steps, init_image, perlin_init }) =>
      init_image === null && !perlin_init && skip_steps < steps && skip_steps > steps * 0.4
        ? `skip_steps leaves out ${Math.round((100 * skip_steps) / steps)} % of the steps without a start image; little of the composition will form.`
        : null,
  },
  {
    reads: ['behaviour', 'text_prompts'],
    say: ({ behaviour, text_prompts }) =>
      behaviour !== 'corrected' && promptsAt(text_prompts, 0).some((prompt) => hasWeight(prompt))
        ? 'Disco Diffusion also reads the ":weight" of a prompt as words; behaviour corrected leaves it out.'
        : null,
  },
  {
    reads: ['width_height'],
    say: ({ width_height: [width, height] }, { nativeSize }) => {
      const ratio = (width * height) / (nativeSize[0] * nativeSize[1])
      return ratio > 4
        ? `${width} × ${height} is ${ratio.toFixed(1)} times the area the pack was trained at (${nativeSize.join(' × ')}); motifs may repeat.`
        : null
    },
  },
  {
    reads: ['init_scale', 'init_image', 'perlin_init'],
    say: changedForNothing('init_scale', 'without a start image'),
  },
  {
    reads: ['range_scale', 'behaviour'],
    say: changedForNothing('range_scale', 'unless behaviour is corrected'),
  },
  { reads: ['rand_mag', 'fuzzy_prompt'], say: changedForNothing('rand_mag', 'unless fuzzy_prompt is on') },
  { reads: ['clamp_max', 'clamp_grad'], say: changedForNothing('clamp_max', 'unless clamp_grad is on') },
  {
    reads: ['transformation_percent', 'use_vertical_symmetry', 'use_horizontal_symmetry'],
    say: changedForNothing('transformation_percent', 'unless a symmetry is on'),
  },
  ...(['clip_guidance_scale', 'clamp_max', 'tv_scale', 'sat_scale', 'cutn_batches'] as const).map(
    (name): Advice => ({ reads: [name], say: outsideUsual(name) }),
  ),
]

/** Advice in words on a recipe that is allowed, but perhaps not meant. `only` limits it to these parameters. */
export function adviseRecipe(recipe: Recipe, pack: PackInfo, only?: readonly ParameterName[]): string[] {
  return advice
    .filter(({ reads }) => !only || reads.some((name) => only.includes(name)))
    .map(({ say }) => say(recipe, pack))
    .filter((sentence) => sentence !== null)
}

function changedForNothing(name: ParameterName, when: string): Advice['say'] {
  return (recipe, pack) => {
    const changed = JSON.stringify(recipe[name]) !== JSON.stringify(completeRecipe({}, pack)[name])

    return changed && !isActive(parameterNamed(name)!, recipe) ? `${name} does nothing ${when}.` : null
  }
}

function outsideUsual(
  name: 'clip_guidance_scale' | 'clamp_max' | 'tv_scale' | 'sat_scale' | 'cutn_batches',
): Advice['say'] {
  return (recipe, pack) => {
    const own = pack.usual[name]
    const usual = own ?? parameterNamed(name)!.usual
    const value = recipe[name]
    if (!usual || value === 0 || !isActive(parameterNamed(name)!, recipe)) return null
    if (value >= usual[0] && value <= usual[1]) return null
    // A pack that sets its own default knows better than the guide for the large networks.
    if (!own && pack.defaults[name] !== undefined) return null

    return `${name} ${value} is outside the usual range ${usual[0]} to ${usual[1]}.`
  }
}

function hasWeight(prompt: string): boolean {
  return readPrompt(prompt, 'corrected').text !== prompt
}
