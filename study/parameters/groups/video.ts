import { boolean, type Facts, integer, number, text } from '../define.ts'

const video: Pick<Facts, 'stage' | 'acts' | 'pixels' | 'axis' | 'needs'> = {
  stage: 'video',
  acts: 'not yet',
  pixels: false,
  axis: false,
  needs: { parameter: 'animation_mode', equals: ['2D', '3D', 'Video Input'] },
}

export const videoParameters = {
  skip_video_for_run_all: boolean(false, {
    ...video,
    acts: 'never',
    help: 'Leaves the frames as pictures, without a video. This version always does.',
  }),
  init_frame: integer(1, { ...video, min: 0, max: 100_000, help: 'First frame of the video.' }),
  last_frame: text('final_frame', {
    ...video,
    help: 'Last frame of the video: a number, or final_frame for all there are.',
  }),
  fps: number(12, {
    ...video,
    exclusiveMin: 0,
    max: 240,
    usual: [12, 60],
    help: 'Frames per second of the video.',
  }),
  blend: number(0.5, {
    ...video,
    since: '5.4',
    min: 0,
    max: 1,
    usual: [0, 1],
    help: 'How much of each neighbour goes into a frame when the video is blended.',
  }),
  folder: text('', { ...video, help: 'Folder whose frames become the video. Empty means the run itself.' }),
  run: text('latest', { ...video, help: 'Which run of that folder becomes the video.' }),
}
