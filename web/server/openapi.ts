import { z } from 'zod'
import { errorStatus, studyFileSchema } from '#study'
import { keptPictureSchema } from '../wire/kept-picture.ts'
import {
  cellDetailSchema,
  cellsSchema,
  frameSchema,
  markSchema,
  preflightSchema,
  progressSchema,
  studySchema,
  studySummarySchema,
} from '../wire/study.ts'
import { healthSchema } from './health-schema.ts'
import { cellsQuery, eventsQuery, listQuery, pauseBody, retryBody, sheetQuery } from './requests.ts'

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
const failure = z.object({
  error: z.object({
    code: z.enum(Object.keys(errorStatus) as [string, ...string[]]),
    message: z.string().describe('What happened, where, and what to do.'),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
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
      answer: [201, json, created],
    },
  },
  '/api/studies/{id}': {
    get: { summary: 'A study with its counts, rate and time left', answer: [200, json, studySchema] },
    put: { summary: 'Replaces the file of a draft', body: studyFileSchema, answer: [200, json, studySchema] },
    delete: { summary: 'Deletes a study; pictures other studies use are kept', answer: [204, json, null] },
  },
  '/api/studies/{id}/start': {
    post: {
      summary: 'Starts a draft, or a finished or cancelled study again',
      answer: [200, json, progressSchema],
    },
  },
  '/api/studies/{id}/pause': {
    post: {
      summary: 'Pauses; pictures under way keep a checkpoint',
      body: pauseBody,
      answer: [200, json, progressSchema],
    },
  },
  '/api/studies/{id}/resume': {
    post: { summary: 'Goes on after a pause', answer: [200, json, progressSchema] },
  },
  '/api/studies/{id}/cancel': {
    post: { summary: 'Stops for good; finished pictures stay', answer: [200, json, progressSchema] },
  },
  '/api/studies/{id}/retry': {
    post: { summary: 'Queues failed cells again', body: retryBody, answer: [200, json, progressSchema] },
  },
  '/api/studies/{id}/archive': {
    post: {
      summary: 'Puts a study aside, whole; one that is active is refused',
      answer: [200, json, progressSchema],
    },
  },
  '/api/studies/{id}/restore': {
    post: { summary: 'Brings an archived study back into the library', answer: [200, json, progressSchema] },
  },
  '/api/studies/{id}/cells': {
    get: { summary: 'Cells changed after a version', query: cellsQuery, answer: [200, json, cellsSchema] },
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
        'Server-sent events named `frame`; their id is the version to go on from, as Last-Event-ID or ?after=',
      query: eventsQuery,
      answer: [200, 'text/event-stream', frameSchema],
    },
  },
  '/api/studies/{id}/sheet.png': {
    get: { summary: 'The sheet as one picture', query: sheetQuery, answer: [200, 'image/png', null] },
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
      summary: 'The study inside an exported sheet, whose PNG is the body',
      answer: [200, json, z.object({ file: studyFileSchema })],
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
