import { z } from 'zod'
import type { RenderRecord } from '#prisma'
import { type Recipe, type StudyFile, studyFileSchema, type View } from '#study'

/**
 * A study as one ZIP:
 *
 *     manifest.json       what this is; the study with its file
 *     study.yaml          the study file, for people
 *     recipes.ndjson      whole recipes that renders differ from by a few values
 *     renders.ndjson      finished renders, by key
 *     cells.ndjson        cells that are finished or excluded, by seq
 *     marks.ndjson  sheets.ndjson  events.ndjson  blobs.ndjson
 *     pictures/<sha256>.<type>
 *
 * One JSON value a line in `.ndjson`. Pictures are stored as they are, the rest is deflated.
 */
export const parts = ['recipes', 'renders', 'cells', 'marks', 'sheets', 'events', 'blobs'] as const
export type Part = (typeof parts)[number]

const sha = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256')
const count = z.int().min(0).max(2_000_000)
const pixels = z.int().min(1).max(65_536)
const moment = z.iso.datetime()
const numbers = z.record(z.string().max(200), z.number())
const json = z.record(z.string().max(200), z.json())

export const manifestSchema = z.strictObject({
  teststripArchive: z.literal(1),
  study: z.strictObject({
    id: z.uuid(),
    file: studyFileSchema.transform((file) => file as StudyFile),
    status: z.enum(['draft', 'running', 'paused', 'finished', 'cancelled']),
    priority: z.int().min(1).max(5),
    demo: z.boolean(),
    createdAt: moment,
    startedAt: moment.nullable(),
    finishedAt: moment.nullable(),
    archivedAt: moment.nullable(),
  }),
  /** Cells of any status in the ledger it comes from. */
  cells: count,
})
export type Manifest = z.infer<typeof manifestSchema>

/** One line of each part. */
export const lineSchemas = {
  recipes: z.strictObject({ hash: sha, recipe: json.transform((recipe) => recipe as unknown as Recipe) }),
  renders: z.strictObject({
    key: sha,
    /** The engine whose key that is, null for one older than the Teststrip that wrote this. */
    engine: z.string().max(100).nullable(),
    base: sha,
    patch: json,
    pack: z.string().max(100),
    packHash: sha,
    // Archives of before pictures could be made again, or cells show a step of a run, do not say.
    original: sha.nullable().default(null),
    take: count.default(0),
    image: sha,
    width: pixels,
    height: pixels,
    thumbs: z.record(z.string().regex(/^\d{1,5}$/), sha).nullable(),
    partials: z
      .array(z.strictObject({ step: z.int().min(0), image: sha, width: pixels, height: pixels }))
      .max(10_000),
    metrics: numbers.nullable(),
    timings: numbers
      .transform(
        (timings) =>
          timings as typeof timings & Record<'secondsPerStep' | 'secondsFixed' | 'perCutSeconds', number>,
      )
      .nullable(),
    seconds: z.number().min(0).nullable(),
    device: z.string().max(500).nullable(),
    attempt: count,
    finishedAt: moment.nullable(),
  }),
  cells: z.strictObject({
    seq: count,
    coords: z.array(count).max(20),
    key: sha,
    partial: count.nullable().default(null),
    rank: count,
    excluded: z.boolean(),
    reused: z.boolean(),
  }),
  marks: z.strictObject({
    key: sha,
    // Archives of before each step of a run had marks of its own do not say.
    partial: count.default(0),
    rating: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).nullable(),
    mark: z.enum(['star', 'reject']).nullable(),
    note: z.string().max(10_000).nullable(),
    // Archives of before cells could be left out by hand do not say.
    skipped: z.boolean().default(false),
  }),
  sheets: z.strictObject({
    title: z.string().max(1000),
    view: studyFileSchema.shape.view.unwrap().transform((view) => view as View),
    createdAt: moment,
  }),
  events: z.strictObject({
    at: moment,
    actor: z.string().max(200),
    kind: z.string().max(200),
    details: json,
  }),
  blobs: z.strictObject({
    sha,
    bytes: z.int().min(0),
    mediaType: z.string().regex(/^image\/[a-z0-9.+-]{1,60}$/),
    width: pixels.optional(),
    height: pixels.optional(),
  }),
} satisfies Record<Part, z.ZodType>
export type Line<P extends Part> = z.infer<(typeof lineSchemas)[P]>

const extensions: Record<string, string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' }

export const pictureEntry = (sha: string, mediaType: string | undefined): string =>
  `pictures/${sha}.${extensions[mediaType ?? 'image/webp'] ?? 'bin'}`

/** The hash in the name of a picture's entry; null for any other name. */
export const shaOfEntry = (name: string): string | null =>
  /^pictures\/([0-9a-f]{64})\.(?:png|jpg|webp|bin)$/.exec(name)?.[1] ?? null

/** Pictures that a recipe or study file names by their hash, wherever in it. */
export const namedPictures = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/sha256:([0-9a-f]{64})/g)].map(([, sha]) => sha!)

/** Every picture of a render. */
export const picturesOfRender = (
  render: Pick<RenderRecord, 'image' | 'thumbs' | 'partials' | 'patch'>,
): string[] => [
  render.image,
  ...Object.values(render.thumbs ?? {}),
  ...render.partials.map((partial) => partial.image),
  ...namedPictures(render.patch),
]
