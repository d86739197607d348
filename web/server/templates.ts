import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { keepStudyPictures, parseAxis, parseStudyFile, type StudyFile } from '#study'
import type { WireTemplate } from '../wire/template.ts'
import { keepPicture } from './keep-picture.ts'
import { once } from './once.ts'

export interface Template {
  id: string
  file: StudyFile
}

/** The study files that ship to begin with, in the order of their numbers; read once. */
export const templates = (): Promise<Template[]> => once('templates', readTemplates)

/** A template as a study can begin with it: its pictures, files beside it, are kept like uploaded ones. */
export function fileOfTemplate({ file }: Template): Promise<StudyFile> {
  return keepStudyPictures(
    file,
    async (name) => (await keepPicture(await readFile(join(folder(), basename(name))))).reference,
  )
}

/** What the library shows of a template. */
export function toWireTemplate({ id, file }: Template): WireTemplate {
  const [columns = 1, ...others] = file.axes.map(pointsOf)

  return {
    id,
    title: file.title,
    says: file.notes ?? '',
    shape: [columns, others.reduce((all, points) => all * points, 1)],
  }
}

const folder = () => join(process.cwd(), 'examples', 'templates')
const ending = '.study.yaml'

async function readTemplates(): Promise<Template[]> {
  const names = (await readdir(folder())).filter((name) => name.endsWith(ending)).sort()

  return Promise.all(
    names.map(async (name) => ({
      id: name.slice(0, -ending.length).replace(/^\d+-/, ''),
      file: parseStudyFile(await readFile(join(folder(), name), 'utf8')),
    })),
  )
}

function pointsOf(axis: StudyFile['axes'][number]): number {
  if (typeof axis !== 'string') return axis.points.length
  const parsed = parseAxis(axis)

  return parsed.ok ? parsed.axis.points.length : 1
}
