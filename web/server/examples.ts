import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import {
  axisName,
  keepStudyPictures,
  type ParameterName,
  parseAxis,
  parseStudyFile,
  type StudyFile,
} from '#study'
import type { WireAtlas, WireExample } from '../wire/example.ts'
import { keepPicture } from './keep-picture.ts'
import { once } from './once.ts'

export interface Example {
  id: string
  file: StudyFile
  /** All its pictures in one, made by `npm run examples`; null where that was not done. */
  atlas: WireAtlas | null
  /** Where its files are, without their endings. */
  stem: string
}

/** The study files that ship to begin with, in the order of their numbers; read once. */
export const templates = (): Promise<Example[]> => once('templates', () => readExamples('templates'))

/** The study files that ship to show what single parameters do; read once. */
export const gallery = (): Promise<Example[]> => once('gallery', () => readExamples('gallery'))

/** Either, by its id. */
export async function exampleOf(id: string | undefined): Promise<Example | undefined> {
  return [...(await templates()), ...(await gallery())].find((each) => each.id === id)
}

/** The templates by name, to choose from. */
export const titledTemplates = async (): Promise<{ id: string; title: string }[]> =>
  (await templates()).map(({ id, file }) => ({ id, title: file.title }))

/** An example as a study can begin with it: its pictures, files beside it, are kept like uploaded ones. */
export function fileOfExample({ file, stem }: Example): Promise<StudyFile> {
  return keepStudyPictures(
    file,
    async (name) => (await keepPicture(await readFile(join(stem, '..', basename(name))))).reference,
  )
}

export function toWireExample({ id, file, atlas }: Example): WireExample {
  return { id, title: file.title, says: file.notes ?? '', axes: file.axes.map(linesOf), atlas }
}

/** WebP with all pictures of an example. */
export const readAtlas = ({ stem }: Example): Promise<Uint8Array> => readFile(`${stem}.webp`)

const ending = '.study.yaml'

async function readExamples(part: 'templates' | 'gallery'): Promise<Example[]> {
  const folder = join(process.cwd(), 'examples', part)
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort()

  return Promise.all(
    names.map(async (name) => {
      const stem = join(folder, name.slice(0, -ending.length))
      const file = parseStudyFile(await readFile(`${stem}${ending}`, 'utf8'))
      const id = basename(stem).replace(/^\d+-/, '')

      return { id, file, stem, atlas: await atlasOf(id, stem, file) }
    }),
  )
}

async function atlasOf(id: string, stem: string, file: StudyFile): Promise<WireAtlas | null> {
  const bytes = await readFile(`${stem}.webp`).catch(() => null)
  if (!bytes) return null
  const { width, height } = await sharp(bytes).metadata()
  const [columns = 1, ...others] = file.axes.map((axis) => linesOf(axis).points.length)
  const rows = others.reduce((all, points) => all * points, 1)

  return { src: `/examples/${id}.webp`, columns, rows, tile: [width / columns, height / rows] }
}

/** An axis as a reader sees it, and the parameters that differ along it: of a set of CLIPs, those in some of its sets. */
function linesOf(axis: StudyFile['axes'][number]): WireExample['axes'][number] {
  const parsed = typeof axis === 'string' ? parseAxis(axis) : { ok: true as const, axis }
  if (!parsed.ok) return { name: String(axis), parameters: [], points: [String(axis)] }
  const { points } = parsed.axis
  const parameters = parsed.axis.parameters as ParameterName[]
  const differs = (name: ParameterName) =>
    new Set(points.map(({ patch, edit }) => JSON.stringify([patch[name], edit]))).size > 1

  return {
    name: axisName(parameters),
    parameters: parameters.filter(differs),
    points: points.map(({ label }) => label),
  }
}
