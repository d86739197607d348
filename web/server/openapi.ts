import { z } from 'zod'
import { sheetFormats } from '#charts'
import { errorStatus, studyFileSchema } from '#study'
import { fleetSchema } from '../wire/fleet.ts'
import { keptPictureSchema } from '../wire/kept-picture.ts'
import { openedSchema } from '../wire/opened.ts'
import { packCheckSchema } from '../wire/pack.ts'
import { linkSchema, printSchema } from '../wire/print.ts'
import {
  cellDetailSchema,
  cellsSchema,
  frameSchema,
  markSchema,
  preflightSchema,
  progressSchema,
  studySchema,
  studyStatus,
  studySummarySchema,
} from '../wire/study.ts'
import { healthSchema } from './health-schema.ts'
import {
  cellsQuery,
  columnsQuery,
  deviceBody,
  eventsQuery,
  importQuery,
  lanesBody,
  linkBody,
  listQuery,
  marksBody,
  pauseBody,
  printBody,
  priorityBody,
  referenceBody,
  renderAgainBody,
  retryBody,
  sheetFileQuery,
  skipBody,
  wordsBody,
} from './requests.ts'

type Operation = {
  summary: string
  query?: z.ZodObject
  /** Shape of a JSON body, or a file as it is. */
  body?: z.ZodType | 'bytes'
  /** Media type and shape of the answer; a shape of null is bytes. */
  answer: [status: number, type: string, shape: z.ZodType | null]
}

const json = 'application/json'
const created = z.object({ id: z.string() })
const count = z.number().int()
const importedSchema = created.extend({
  title: z.string(),
  status: studyStatus,
  cells: count,
  pictures: count,
  known: count.describe('Pictures that were here already.'),
})
const failure = z.object({
  error: z.object({
    code: z.enum(Object.keys(errorStatus) as [string, ...string[]]),
    message: z.string().describe('What happened, where, and what to do.'),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
})

const endings = sheetFormats.map(({ extensions }) => extensions[0]).join(', ')

/** Something done to a study, which answers with how far it is. */
const command = (summary: string, body?: Operation['body']): { post: Operation } => ({
  post: { summary, body, answer: [200, json, progressSchema] },
})

/** Every route of the API, once; the document is made of the schemas that check the requests themselves. */
const routes: Record<string, Partial<Record<'get' | 'post' | 'put' | 'patch' | 'delete', Operation>>> = {
  '/api/health': {
    get: { summary: 'What is up; 503 while anything is not', answer: [200, json, healthSchema] },
  },
  '/api/studies': {
    get: {
      summary: 'The library, newest first',
      query: listQuery,
      answer: [200, json, z.object({ studies: z.array(studySummarySchema) })],
    },
    post: {
      summary: 'A new draft from a study file, JSON or YAML',
      body: studyFileSchema,
      answer: [201, json, created.extend({ edition: z.number().int() })],
    },
  },
  '/api/studies/{id}': {
    get: { summary: 'A study with its counts, rate and time left', answer: [200, json, studySchema] },
    put: {
      summary: 'Replaces the file of a draft; with If-Match as in extend',
      body: studyFileSchema,
      answer: [200, json, studySchema],
    },
    patch: {
      summary: 'Title, notes and tags of a study in any state; what is left out stays',
      body: wordsBody,
      answer: [200, json, studySchema],
    },
    delete: { summary: 'Deletes a study; pictures other studies use are kept', answer: [204, json, null] },
  },
  '/api/studies/{id}/start': command('Starts a draft, or a finished or cancelled study again'),
  '/api/studies/{id}/pause': command('Pauses; pictures under way keep a checkpoint', pauseBody),
  '/api/studies/{id}/resume': command('Goes on after a pause'),
  '/api/studies/{id}/cancel': command('Stops for good; finished pictures stay'),
  '/api/studies/{id}/retry': command('Queues failed cells again', retryBody),
  '/api/studies/{id}/extend': command(
    'Other axes, labels, order or words, in any state; only what is new is rendered. Whole file or the parts that change. With If-Match: "<edition>", 409 names the present edition when somebody else was faster',
    studyFileSchema.partial(),
  ),
  '/api/studies/{id}/render-again': command(
    'Renders finished cells once more, on purpose; both pictures are kept and the new one is shown',
    renderAgainBody,
  ),
  '/api/studies/{id}/skip': command('Leaves cells out by hand; those done already stay', skipBody),
  '/api/studies/{id}/unskip': command('Takes back cells left out by hand', skipBody),
  '/api/studies/{id}/priority': command('Whose turn comes first', priorityBody),
  '/api/studies/{id}/lanes': command('How much of the fleet works for the study at once', lanesBody),
  '/api/studies/{id}/reference': command(
    'The finished picture that all others of the study are measured against, as the measure lpips',
    referenceBody,
  ),
  '/api/studies/import': {
    post: {
      summary: 'Takes in a study that was exported whole, whose ZIP is the body; nothing is rendered again',
      query: importQuery,
      body: 'bytes',
      answer: [201, json, importedSchema],
    },
  },
  '/api/studies/{id}/export': {
    get: {
      summary: 'The whole study with its pictures, marks and notes as one ZIP',
      answer: [200, 'application/zip', null],
    },
  },
  '/api/studies/{id}/archive': command('Puts a study aside, whole; one that is active is refused'),
  '/api/studies/{id}/restore': command('Brings an archived study back into the library'),
  '/api/studies/{id}/cells': {
    get: { summary: 'Cells changed after a version', query: cellsQuery, answer: [200, json, cellsSchema] },
  },
  '/api/studies/{id}/columns': {
    get: {
      summary:
        'Cells from one place up to another, packed into 42 big-endian bytes each: int32 place; int16 status (3 bits: 1 left out, 2 queued, 3 rendering, 4 done, 5 failed), mark (2: star, reject), rating (3), reused (1), has a note (1); int16 width; int16 height; SHA-256 of the picture',
      query: columnsQuery,
      answer: [200, 'application/octet-stream', null],
    },
  },
  '/api/studies/{id}/measures/{name}': {
    get: {
      summary: 'One measure of all cells: big-endian float32 by place, NaN where it is not known',
      answer: [200, 'application/octet-stream', null],
    },
  },
  '/api/studies/{id}/atlas/{tile}-{block}.webp': {
    get: {
      summary: '1,024 cells as one picture of 32 × 32 tiles of 8 or 32 pixels, as they stand now',
      answer: [200, 'image/webp', null],
    },
  },
  '/api/studies/{id}/marks': {
    post: {
      summary: 'Rates, stars, rejects or notes many cells at once',
      body: marksBody,
      answer: [200, json, z.object({ cells: z.number().int() })],
    },
  },
  '/api/studies/{id}/cells/{seq}': {
    get: { summary: 'One cell with its recipe and partial pictures', answer: [200, json, cellDetailSchema] },
    patch: {
      summary: 'Rates, stars, rejects or notes a cell',
      body: markSchema.partial(),
      answer: [200, json, cellDetailSchema],
    },
  },
  '/api/studies/{id}/events': {
    get: {
      summary:
        'Server-sent events. `frame`: news; its id is the version to go on from, as Last-Event-ID or ?after=. `beat`: nothing new, at least every 10 seconds. `behind`: too much to tell; read the packed cells. `trouble`: why nothing can be told',
      query: eventsQuery,
      answer: [200, 'text/event-stream', frameSchema],
    },
  },
  '/api/studies/{id}/sheet.{format}': {
    get: {
      summary: `The sheet as a file (${endings}); 202 and where to look when it takes longer`,
      query: sheetFileQuery,
      answer: [200, 'application/octet-stream', null],
    },
  },
  '/api/studies/{id}/prints': {
    post: {
      summary: 'Has the sheet printed; the answer says where to look how far it is',
      body: printBody,
      answer: [202, json, printSchema],
    },
  },
  '/api/prints/{key}': {
    get: { summary: 'How far a sheet is on its way into a file', answer: [200, json, printSchema] },
    delete: { summary: 'Cancels it', answer: [200, json, printSchema] },
  },
  '/api/prints/{key}/file': {
    get: { summary: 'The file of a sheet that is done', answer: [200, 'application/octet-stream', null] },
  },
  '/api/studies/{id}/links': {
    get: {
      summary: 'Read-only links to the study and its sheets',
      answer: [200, json, z.object({ links: z.array(linkSchema) })],
    },
    post: { summary: 'A new link', body: linkBody, answer: [201, json, linkSchema] },
  },
  '/api/studies/{id}/links/{link}': {
    delete: { summary: 'Takes a link back: it shows nothing any more', answer: [204, json, null] },
  },
  '/s/{token}/sheet.png': {
    get: { summary: 'The sheet behind a link', answer: [200, 'image/png', null] },
  },
  '/api/packs': {
    get: {
      summary: 'Packs that workers hold, with their networks and the state of their files',
      answer: [200, json, z.object({ packs: z.array(packCheckSchema.loose()) })],
    },
  },
  '/api/packs/{name}/check': {
    post: {
      summary: "Has a worker hash a pack's files again; ask /api/packs how far it is",
      answer: [202, json, z.object({ packs: z.array(packCheckSchema.loose()) })],
    },
  },
  '/api/devices': {
    get: { summary: 'The fleet, and how well its forecasts hit', answer: [200, json, fleetSchema] },
    patch: {
      summary: 'Brings a device back or sets it aside; limits what it may use',
      body: deviceBody,
      answer: [200, json, fleetSchema],
    },
  },
  '/api/preflight': {
    post: {
      summary: 'What a study would cost, or what is wrong with it',
      body: studyFileSchema,
      answer: [200, json, preflightSchema],
    },
  },
  '/api/open': {
    post: {
      summary:
        'What a file holds, whose bytes are the body: a sheet, a study file, or settings of Disco Diffusion',
      body: 'bytes',
      answer: [200, json, openedSchema],
    },
  },
  '/api/pictures': {
    post: {
      summary:
        'Keeps a picture, whose bytes are the body, for recipes to name by its reference; nothing is fetched by address',
      body: 'bytes',
      answer: [201, json, keptPictureSchema],
    },
  },
  '/blobs/{sha256}': {
    get: { summary: 'A picture by the hash of its bytes', answer: [200, 'image/png', null] },
  },
  '/thumbs/{sha256}/{width}.webp': {
    get: { summary: 'The same, at most 32, 96, 256 or 512 pixels wide', answer: [200, 'image/webp', null] },
  },
}

export function openApi(): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Teststrip',
      version: '1',
      description:
        'Parameter studies for CLIP-guided diffusion. Errors are `{ error: { code, message, details } }`.',
    },
    paths: Object.fromEntries(
      Object.entries(routes).map(([path, operations]) => [
        path,
        Object.fromEntries(
          Object.entries(operations).map(([method, operation]) => [method, documented(path, operation)]),
        ),
      ]),
    ),
  }
}

function documented(path: string, { summary, query, body, answer: [status, type, shape] }: Operation) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: toJson(schema as z.ZodType, 'input'),
  }))
  const content =
    shape === null
      ? status === 204
        ? undefined
        : { [type]: { schema: { type: 'string', format: 'binary' } } }
      : { [type]: { schema: toJson(shape, 'output') } }

  return {
    summary,
    parameters: [...inPath, ...inQuery],
    ...(body ? { requestBody: { content: contentOf(body) } } : {}),
    responses: {
      [status]: { description: summary, ...(content ? { content } : {}) },
      default: { description: 'Why not', content: { [json]: { schema: toJson(failure, 'output') } } },
    },
  }
}

function contentOf(body: z.ZodType | 'bytes') {
  return body === 'bytes'
    ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
    : { [json]: { schema: toJson(body, 'input') } }
}

function toJson(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<
    string,
    unknown
  >

  return rest
}
