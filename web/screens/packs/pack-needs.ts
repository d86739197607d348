import { clipNames, type PackInfo, parameterNamed, type RecipePatch } from '#study'

/** What a settings file wants of a pack, by the names that `models pull` knows. */
export interface PackNeeds {
  /** Its diffusion_model; null where it names none. */
  denoiser: string | null
  secondary: boolean
  clip: string[]
}

export function needsOf(patch: RecipePatch): PackNeeds {
  const { diffusion_model, use_secondary_model = true } = patch
  const says = (name: string) => (patch as Record<string, unknown>)[name]
  const asDefault = (name: string) => parameterNamed(name)?.default

  return {
    denoiser: diffusion_model && diffusion_model !== 'custom' ? diffusion_model : null,
    secondary: use_secondary_model,
    clip: clipNames.filter((name) => (says(name) ?? asDefault(name)) === true),
  }
}

const secondaryName = 'secondary_model_imagenet_2'

/** What a pack lacks of it, as names to pull; nothing where it can render the settings as they are. */
export function lackingOf({ denoiser, secondary, clip }: PackNeeds, pack: PackInfo): string[] {
  const held = pack.contents?.files.find(({ role }) => role === 'denoiser')?.file

  return [
    ...(denoiser && pack.name !== denoiser && !held?.startsWith(denoiser) ? [denoiser] : []),
    ...(secondary && !pack.secondary ? [secondaryName] : []),
    ...clip.filter((name) => !pack.clip.some((each) => each.name === name)),
  ]
}
