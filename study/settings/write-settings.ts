import type { ParameterName, Recipe } from '../parameters/catalogue.ts'
import { parameters } from '../parameters/parameter.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import { spacing } from '../schedule/spacing.ts'

type Key = ParameterName | 'width' | 'height' | 'diffusion_steps'

const keys52: readonly Key[] =
  `text_prompts image_prompts clip_guidance_scale tv_scale range_scale sat_scale cutn_batches max_frames
  interp_spline init_image init_scale skip_steps frames_scale frames_skip_steps perlin_init perlin_mode skip_augs
  randomize_class clip_denoised clamp_grad clamp_max seed fuzzy_prompt rand_mag eta width height diffusion_model
  use_secondary_model steps diffusion_steps diffusion_sampling_mode ViTB32 ViTB16 ViTL14 RN101 RN50 RN50x4 RN50x16
  RN50x64 cut_overview cut_innercut cut_ic_pow cut_icgray_p key_frames angle zoom translation_x translation_y
  translation_z rotation_3d_x rotation_3d_y rotation_3d_z midas_depth_model midas_weight near_plane far_plane fov
  padding_mode sampling_mode video_init_path extract_nth_frame video_init_seed_continuity turbo_mode turbo_steps
  turbo_preroll`.split(/\s+/) as Key[]

const openClip = `ViTB32_laion2b_e16 ViTB32_laion400m_e31 ViTB32_laion400m_32 ViTB32quickgelu_laion400m_e31
  ViTB32quickgelu_laion400m_e32 ViTB16_laion400m_e31 ViTB16_laion400m_e32 RN50_yffcc15m RN50_cc12m
  RN50_quickgelu_yfcc15m RN50_quickgelu_cc12m RN101_yfcc15m RN101_quickgelu_yfcc15m`.split(/\s+/) as Key[]

const since53 = `use_horizontal_symmetry use_vertical_symmetry transformation_percent`.split(' ') as Key[]

const since54 =
  `video_init_steps video_init_clip_guidance_scale video_init_tv_scale video_init_range_scale video_init_sat_scale
  video_init_cutn_batches video_init_skip_steps video_init_frames_scale video_init_frames_skip_steps
  video_init_flow_warp video_init_flow_blend video_init_check_consistency video_init_blend_mode`.split(
    /\s+/,
  ) as Key[]

const keys56: readonly Key[] = [
  ...keys52.flatMap((key): Key[] =>
    key === 'ViTL14' ? [key, 'ViTL14_336px'] : key === 'RN50x64' ? [key, ...openClip] : [key],
  ),
  ...since53,
  ...since54,
]

/**
 * The settings file Disco Diffusion itself would write: 66 keys for behaviour disco-5.2, else the 96 of 5.6.
 * What the notebook does not store is added at the end where it differs from the defaults, so nothing is lost.
 */
export function writeSettings(recipe: Recipe): string {
  const early = recipe.behaviour === 'disco-5.2'
  const keys = early ? keys52 : keys56
  const settings: Record<string, unknown> = {}
  for (const key of keys) settings[key] = settingOf(key, recipe, early)
  for (const parameter of parameters) {
    const { name } = parameter
    if (keys.includes(name) || name === 'width_height') continue
    const implied = name === 'behaviour' && recipe.behaviour !== 'corrected'
    if (!implied && JSON.stringify(recipe[name]) !== JSON.stringify(parameter.default))
      settings[name] = recipe[name]
  }

  return JSON.stringify(settings, null, 4)
}

function settingOf(key: Key, recipe: Recipe, early: boolean): unknown {
  if (key === 'width') return recipe.width_height[0]
  if (key === 'height') return recipe.width_height[1]
  if (key === 'diffusion_steps') return spacing(recipe.steps).N
  if (key === 'turbo_steps') return String(recipe.turbo_steps)
  if (key === 'cut_ic_pow' && early) {
    const parsed = parseSchedule(recipe.cut_ic_pow)
    if (parsed.ok && parsed.runs.length === 1) return parsed.runs[0]![0]
  }

  return recipe[key]
}
