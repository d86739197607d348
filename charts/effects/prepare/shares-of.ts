import type { Analysis } from './analyse.ts'

/** One source of the variance of a measure. */
export interface Share {
  name: string
  /** 0 … 1. */
  share: number
  kind: 'setting' | 'seeds' | 'noise'
  /** What is known about it besides. */
  says: string
}

/** What makes the variance: settings and what they do together, largest first, then seeds, then what is left. */
export function sharesOf({ anova, noise }: Analysis): Share[] {
  const { terms, seeds, residual } = anova

  return [
    ...terms
      .map(
        (term): Share => ({
          name: term.name,
          share: term.share,
          kind: 'setting',
          says:
            term.p === null ? 'nothing to hold it against' : `F ${term.f!.toFixed(1)}, ${chanceOf(term.p)}`,
        }),
      )
      .sort((a, b) => b.share - a.share),
    ...(seeds
      ? [
          {
            name: 'seed',
            share: seeds.share,
            kind: 'seeds',
            says: 'what a seed does to every picture alike',
          } as const,
        ]
      : []),
    ...(residual
      ? [
          {
            name: noise === 'seeds' ? 'seed noise' : 'all axes together',
            share: residual.share,
            kind: 'noise',
            says:
              noise === 'seeds'
                ? 'how differently seeds answer to a setting'
                : 'taken as the noise, for want of seeds',
          } as const,
        ]
      : []),
  ]
}

const chanceOf = (p: number): string =>
  p < 0.001 ? 'by chance less than once in 1000' : `by chance once in ${Math.round(1 / p)}`
