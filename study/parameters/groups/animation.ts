import { boolean, choice, type Facts, integer, keyframes, number, percent, text } from '../define.ts'

const moving = { stage: 'animation' } as const
const later = { ...moving, acts: 'not yet' } as const
const when = (...modes: string[]): Pick<Facts, 'needs'> => ({
  needs: { parameter: 'animation_mode', equals: modes.length === 1 ? modes[0]! : modes },
})
const animated = when('2D', '3D', 'Video Input')
const in2d = { ...moving, ...when('2D') }
const in2dAnd3d = { ...moving, ...when('2D', '3D') }
const in3d = { ...later, ...when('3D') }
const inVideo = { ...later, ...when('Video Input') }
const inVideo54 = { ...inVideo, since: '5.4' }

export const animationParameters = {
  animation_mode: choice(['None', '2D', '3D', 'Video Input'], 'None', {
    ...moving,
    notYet: ['3D', 'Video Input'],
    axis: false,
    studies: false,
    help: 'A still picture, a flat camera move (2D), a move through depth (3D), or a video repainted frame by frame. Every frame after the first starts from the one before.',
  }),
  key_frames: boolean(true, {
    ...moving,
    ...animated,
    acts: 'never',
    axis: false,
    help: 'Reads camera moves as key frames. The notebook breaks without it, so it stays on.',
  }),
  max_frames: integer(10_000, {
    ...moving,
    ...animated,
    min: 1,
    max: 100_000,
    axis: false,
    help: 'How many frames the animation has. Key frames beyond the last one count for the last one. In video mode the length of the video sets it.',
  }),
  interp_spline: choice(['Linear', 'Quadratic', 'Cubic'], 'Linear', {
    ...in2dAnd3d,
    help: 'How values run between key frames: straight lines, or curves that ease through them and may swing past them. Quadratic needs three key frames and Cubic four, else the next simpler one is used.',
  }),
  angle: keyframes('0:(0)', {
    ...in2d,
    usual: [-3, 3],
    help: 'Degrees the picture turns from frame to frame, counter-clockwise. One number for all frames, or key frames like 0: (0), 30: (2).',
  }),
  zoom: keyframes('0: (1), 10: (1.05)', {
    ...in2d,
    usual: [0.8, 1.25],
    help: 'Factor the picture grows by from frame to frame: above 1 moves in, below 1 moves out. 1.02 makes it twice as large in 35 frames.',
  }),
  translation_x: keyframes('0: (0)', {
    ...in2dAnd3d,
    usual: [-10, 10],
    help: 'Movement sideways from frame to frame. In 2D the picture moves that many pixels to the right, and what leaves at one edge comes back at the other; in 3D the camera moves.',
  }),
  translation_y: keyframes('0: (0)', {
    ...in2dAnd3d,
    usual: [-10, 10],
    help: 'Movement up or down from frame to frame. In 2D the picture moves that many pixels downwards; in 3D the camera moves.',
  }),
  translation_z: keyframes('0: (10.0)', {
    ...in3d,
    usual: [-10, 10],
    help: 'Movement into the picture per frame. Positive values fly forwards.',
  }),
  rotation_3d_x: keyframes('0: (0)', {
    ...in3d,
    usual: [-3, 3],
    help: 'Degrees the camera tilts up or down per frame.',
  }),
  rotation_3d_y: keyframes('0: (0)', {
    ...in3d,
    usual: [-3, 3],
    help: 'Degrees the camera turns left or right per frame.',
  }),
  rotation_3d_z: keyframes('0: (0)', {
    ...in3d,
    usual: [-3, 3],
    help: 'Degrees the camera rolls per frame.',
  }),
  midas_depth_model: choice(
    ['dpt_large', 'dpt_hybrid', 'dpt_hybrid_nyu', 'midas_v21', 'midas_v21_small'],
    'dpt_large',
    {
      ...in3d,
      memory: 'dpt_large adds about 2 GB',
      help: 'The network that estimates depth. Smaller ones are faster and see coarser depth.',
    },
  ),
  midas_weight: number(0.3, {
    ...in3d,
    exclusiveMin: 0,
    max: 1,
    usual: [0.1, 1],
    help: 'Mix of the two depth estimates of 3D mode. Seldom worth changing.',
  }),
  near_plane: number(200, {
    ...in3d,
    acts: 'never',
    help: 'Front of the depth range. It cancels out and leaves the picture unchanged.',
  }),
  far_plane: number(10_000, {
    ...in3d,
    acts: 'never',
    help: 'Back of the depth range. It cancels out and leaves the picture unchanged.',
  }),
  fov: number(40, {
    ...in3d,
    exclusiveMin: 0,
    max: 179,
    usual: [20, 120],
    help: 'Opening angle of the camera in degrees. Wide angles exaggerate depth.',
  }),
  padding_mode: choice(['border', 'zeros', 'reflection'], 'border', {
    ...in3d,
    help: 'What fills the edges that the camera uncovers.',
  }),
  sampling_mode: choice(['bicubic', 'bilinear', 'nearest'], 'bicubic', {
    ...in3d,
    help: 'How the moved picture is resampled; nearest is crisp and rough.',
  }),
  frames_scale: number(1500, {
    ...moving,
    ...animated,
    min: 0,
    usual: [0, 50_000],
    help: 'How firmly each frame holds on to the look of the one before, as init_scale does for a still. High values calm flicker, low ones let the scene change.',
  }),
  frames_skip_steps: percent('60%', {
    ...moving,
    ...animated,
    min: 0,
    max: 99,
    usual: [40, 80],
    help: 'Share of the steps that frames after the first leave out. More keeps frames alike and saves time, less paints each anew.',
  }),
  turbo_mode: boolean(false, {
    ...in3d,
    cost: 'renders only every few frames',
    help: 'Renders some frames and warps and blends the others in between. Much faster and less jittery.',
  }),
  turbo_steps: integer(3, {
    ...later,
    needs: { parameter: 'turbo_mode', equals: true },
    min: 2,
    max: 100,
    usual: [2, 6],
    help: 'How many frames turbo_mode covers with one rendered frame.',
  }),
  turbo_preroll: integer(10, {
    ...later,
    needs: { parameter: 'turbo_mode', equals: true },
    min: 0,
    max: 10_000,
    usual: [1, 10],
    help: 'Frames rendered in full before turbo_mode begins.',
  }),
  vr_mode: boolean(false, { ...in3d, axis: false, help: 'Renders a pair of frames for the two eyes.' }),
  vr_eye_angle: number(0.5, {
    ...later,
    needs: { parameter: 'vr_mode', equals: true },
    usual: [0, 1],
    help: 'Degrees by which the two eyes of vr_mode turn inwards.',
  }),
  vr_ipd: number(5, {
    ...later,
    needs: { parameter: 'vr_mode', equals: true },
    usual: [1, 20],
    help: 'Distance between the two eyes of vr_mode.',
  }),
  video_init_path: text('init.mp4', {
    ...inVideo,
    axis: false,
    help: 'The video that Video Input repaints.',
  }),
  extract_nth_frame: integer(2, {
    ...inVideo,
    min: 1,
    max: 1000,
    usual: [1, 6],
    help: 'Takes every n-th frame of the video.',
  }),
  video_init_seed_continuity: boolean(false, {
    ...inVideo,
    help: 'Uses one seed for all frames of the video. Steadier texture, but it can seem stuck to the screen.',
  }),
  persistent_frame_output_in_batch_folder: boolean(true, {
    ...inVideo54,
    acts: 'never',
    pixels: false,
    axis: false,
    help: 'Kept extracted video frames in the folder of the run.',
  }),
  video_init_flow_warp: boolean(true, {
    ...inVideo54,
    help: 'Carries the last frame along with the motion in the video before painting the next one.',
  }),
  video_init_flow_blend: number(0.999, {
    ...inVideo54,
    min: 0,
    max: 1,
    usual: [0, 1],
    help: 'Share of the carried-along frame against the raw video. At 1 only the carried frame counts.',
  }),
  video_init_check_consistency: boolean(false, {
    ...inVideo54,
    help: 'Trusts motion only where forward and backward agree. Cleaner edges, more time.',
  }),
  video_init_blend_mode: choice(['None', 'linear', 'optical flow'], 'optical flow', {
    ...inVideo54,
    help: 'How neighbouring frames are blended when the video is put together.',
  }),
  video_init_steps: integer(100, {
    ...inVideo54,
    min: 2,
    max: 10_000,
    help: 'Takes the place of steps in video mode.',
  }),
  video_init_clip_guidance_scale: number(1000, {
    ...inVideo54,
    acts: 'never',
    min: 0,
    help: 'Meant as the guidance of video mode, but the notebook keeps using clip_guidance_scale.',
  }),
  video_init_tv_scale: number(0.1, {
    ...inVideo54,
    acts: 'never',
    min: 0,
    help: 'Meant for video mode, but the notebook keeps using tv_scale.',
  }),
  video_init_range_scale: number(150, {
    ...inVideo54,
    acts: 'never',
    min: 0,
    help: 'Meant for video mode, and as inert as range_scale.',
  }),
  video_init_sat_scale: number(300, {
    ...inVideo54,
    acts: 'never',
    min: 0,
    help: 'Meant for video mode, but the notebook keeps using sat_scale.',
  }),
  video_init_cutn_batches: integer(4, {
    ...inVideo54,
    min: 1,
    max: 64,
    help: 'Sets of cuts per step in video mode; the strength is still divided by cutn_batches.',
  }),
  video_init_skip_steps: integer(50, {
    ...inVideo54,
    min: 0,
    max: 9_999,
    help: 'Steps left out of the first frame in video mode.',
  }),
  video_init_frames_scale: number(15_000, {
    ...inVideo54,
    min: 0,
    help: 'How firmly frames hold on to the video.',
  }),
  video_init_frames_skip_steps: text('70%', {
    ...inVideo54,
    acts: 'never',
    help: 'Meant for video mode, but the notebook keeps using frames_skip_steps.',
  }),
}
