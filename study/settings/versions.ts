import type { ParameterName, Recipe } from '../parameters/catalogue.ts'

/** Releases of Disco Diffusion whose settings files are known key by key. */
export const settingsVersions = ['5.2', '5.3', '5.4', '5.5', '5.6', '5.7'] as const
export type SettingsVersion = (typeof settingsVersions)[number]

export type SettingsKey = ParameterName | 'width' | 'height' | 'diffusion_steps'

const words = (text: string) => text.split(/\s+/) as SettingsKey[]

const keys52 = words(
  `text_prompts image_prompts clip_guidance_scale tv_scale range_scale sat_scale cutn_batches max_frames
  interp_spline init_image init_scale skip_steps frames_scale frames_skip_steps perlin_init perlin_mode skip_augs
  randomize_class clip_denoised clamp_grad clamp_max seed fuzzy_prompt rand_mag eta width height diffusion_model
  use_secondary_model steps diffusion_steps diffusion_sampling_mode ViTB32 ViTB16 ViTL14 RN101 RN50 RN50x4 RN50x16
  RN50x64 cut_overview cut_innercut cut_ic_pow cut_icgray_p key_frames angle zoom translation_x translation_y
  translation_z rotation_3d_x rotation_3d_y rotation_3d_z midas_depth_model midas_weight near_plane far_plane fov
  padding_mode sampling_mode video_init_path extract_nth_frame video_init_seed_continuity turbo_mode turbo_steps
  turbo_preroll`,
)

const symmetry = words('use_horizontal_symmetry use_vertical_symmetry transformation_percent')

const videoInit = words(
  `video_init_steps video_init_clip_guidance_scale video_init_tv_scale video_init_range_scale video_init_sat_scale
  video_init_cutn_batches video_init_skip_steps video_init_frames_scale video_init_frames_skip_steps
  video_init_flow_warp video_init_flow_blend video_init_check_consistency video_init_blend_mode`,
)

const openClip = words(
  `ViTB32_laion2b_e16 ViTB32_laion400m_e31 ViTB32_laion400m_32 ViTB32quickgelu_laion400m_e31
  ViTB32quickgelu_laion400m_e32 ViTB16_laion400m_e31 ViTB16_laion400m_e32 RN50_yffcc15m RN50_cc12m
  RN50_quickgelu_yfcc15m RN50_quickgelu_cc12m RN101_yfcc15m RN101_quickgelu_yfcc15m`,
)

const after = (keys: readonly SettingsKey[], key: SettingsKey, more: readonly SettingsKey[]) =>
  keys.flatMap((known) => (known === key ? [known, ...more] : [known]))

const keys53 = [...after(keys52, 'ViTL14', ['ViTL14_336px']), ...symmetry]
const keys54 = [...keys53, ...videoInit]
const keys55 = after(keys54, 'RN50x64', openClip)

/** The keys that each release writes, in its order. */
export const settingsKeys: Record<SettingsVersion, readonly SettingsKey[]> = {
  '5.2': keys52,
  '5.3': keys53,
  '5.4': keys54,
  '5.5': keys55,
  '5.6': keys55,
  '5.7': keys55,
}

/**
 * The release that wrote a file, by what only later ones know; null when it is no notebook's. 5.5 to 5.7 write alike
 * and count as 5.6; what is older than 5.2 counts as that.
 */
export function versionOf(settings: ReadonlyMap<string, unknown>): SettingsVersion | null {
  const has = (keys: readonly string[]) => keys.some((key) => settings.has(key))

  if (!settings.has('diffusion_steps') && !(settings.has('width') && settings.has('height'))) return null
  if (has(openClip)) return '5.6'
  if (has(videoInit)) return '5.4'

  return has([...symmetry, 'ViTL14_336px']) ? '5.3' : '5.2'
}

/** What a file of that release is to be rendered as. */
export const behaviourOf = (version: SettingsVersion): Recipe['behaviour'] =>
  version === '5.2' ? 'disco-5.2' : 'disco-5.6'
