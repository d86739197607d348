import type { APIRequestContext, Page } from '@playwright/test'

/** A screen as one comes to it: where it is, and what stands on it when it is ready. */
export interface Screen {
  name: string
  path: (study: string) => string
  ready: (page: Page) => Promise<unknown>
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor()

export const screens: Screen[] = [
  { name: 'library', path: () => '/', ready: (page) => heading(page, 'Library') },
  {
    name: 'builder',
    path: () => '/new?template=guidance-by-eta',
    ready: (page) => page.getByRole('button', { name: /^Start \d+ renders/ }).waitFor(),
  },
  {
    name: 'study',
    path: (study) => `/studies/${study}?cell=6`,
    ready: (page) => page.getByRole('gridcell').first().waitFor(),
  },
  {
    name: 'compare',
    path: (study) => `/studies/${study}/compare?cells=0,5,10,15`,
    ready: (page) => page.getByRole('img').first().waitFor(),
  },
  {
    name: 'effects',
    path: (study) => `/studies/${study}/effects`,
    ready: (page) => page.getByRole('heading').first().waitFor(),
  },
  {
    name: 'sheet',
    path: (study) => `/studies/${study}/sheet`,
    ready: (page) => page.getByRole('img').first().waitFor(),
  },
  { name: 'fleet', path: () => '/fleet', ready: (page) => heading(page, /./) },
  { name: 'packs', path: () => '/packs', ready: (page) => heading(page, /./) },
  {
    name: 'gallery',
    path: () => '/gallery',
    ready: (page) => page.getByRole('heading', { name: 'Guidance' }).waitFor(),
  },
  { name: 'parameter', path: () => '/gallery/eta', ready: (page) => heading(page, 'eta') },
]

/** The id of the bundled sample study, once all its cells are done. */
export async function finishedSample(request: APIRequestContext): Promise<string> {
  for (;;) {
    const { studies } = await (await request.get('/api/studies')).json()
    const sample = studies.find((study: { demo?: boolean; title: string; status: string }) =>
      /How eta answers guidance/.test(study.title),
    )
    if (sample?.status === 'finished') return sample.id
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}
