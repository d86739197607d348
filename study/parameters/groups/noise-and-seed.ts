import { choice, number, seed } from '../define.ts'

/** NumPy, which the notebook seeds too, takes 32 bits. */
export const largestSeed = 2 ** 32 - 1

export const noiseAndSeedParameters = {
  seed: seed(1000, {
    stage: 'start',
    min: 0,
    max: largestSeed,
    aliases: ['set_seed'],
    help: 'The number that all randomness of the picture grows from. Compare a few seeds before trusting what a parameter seems to do.',
  }),
  eta: number(0.8, {
    stage: 'sampler',
    min: 0,
    max: 10,
    usual: [0, 1],
    needs: { parameter: 'diffusion_sampling_mode', equals: 'ddim' },
    help: 'Fresh noise added at every step. At 0 pictures are smooth and change little with the seed of later steps; near 1 they get richer in texture and bolder.',
  }),
  noise: choice(['paired', 'torch'], 'paired', {
    stage: 'start',
    since: 'teststrip',
    help: 'paired keeps all other random draws the same when one parameter changes, so cells of a sheet compare fairly. torch repeats the one random stream of the notebook.',
  }),
}
