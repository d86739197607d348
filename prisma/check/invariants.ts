/** Something that is true of a sound ledger at every moment. */
export interface Invariant {
  /** Short and lasting, for machines. */
  name: string
  words: string
  /** Selects what breaks it, each as a `who` that leads to the row. */
  offenders: string
}

const cellName = `c."studyId" || ' cell ' || c.seq`

/** A claim outlives a device that was killed until the studio takes it back, 15 s after its last sign of life. */
const silence = `interval '60 seconds'`

export const invariants: readonly Invariant[] = [
  {
    name: 'cells-have-studies',
    words: 'Every cell belongs to a study.',
    offenders: `select ${cellName} as who from "Cell" c
      where not exists (select from "Study" s where s.id = c."studyId")`,
  },
  {
    name: 'cells-have-renders',
    words: 'Every cell that is not excluded has its render.',
    offenders: `select ${cellName} as who from "Cell" c
      where c.status <> 'excluded' and not exists (select from "Render" r where r.key = c."renderKey")`,
  },
  {
    name: 'cells-follow-renders',
    words: 'A cell has the status of its render.',
    offenders: `select ${cellName} || ' is ' || c.status || ', its render ' || r.status as who
      from "Cell" c join "Render" r on r.key = c."renderKey"
      where c.status <> 'excluded' and c.status::text <> r.status::text`,
  },
  {
    name: 'keys-are-unique',
    words: 'No two renders have one key.',
    offenders: `select 'render ' || key as who from "Render" group by key having count(*) > 1`,
  },
  {
    name: 'places-are-unique',
    words:
      'Cells of a study lie at places 0, 1, 2 …, one at each, and each has its turn in the render order.',
    offenders: `select 'study ' || s.id as who from "Study" s join "Cell" c on c."studyId" = s.id
      where s.expanded = s.edition group by s.id
      having count(*) <> max(c.seq) + 1 or min(c.seq) <> 0 or count(distinct c.seq) <> count(*)
        or count(distinct c.rank) <> count(*)`,
  },
  {
    name: 'versions-are-reached',
    words: 'No cell is of a version that its study has not reached.',
    offenders: `select ${cellName} || ' is of ' || c.version || ', its study at ' || s.version as who
      from "Cell" c join "Study" s on s.id = c."studyId" where c.version > s.version or c.version < 1`,
  },
  {
    name: 'editions-are-reached',
    words: 'No study is expanded to an edition that it has not reached.',
    offenders: `select 'study ' || id as who from "Study" where expanded > edition or edition < 1`,
  },
  {
    name: 'finished-is-finished',
    words: 'A finished study has no cell that waits or is being rendered.',
    offenders: `select ${cellName} || ' is ' || c.status as who from "Study" s join "Cell" c on c."studyId" = s.id
      where s.status = 'finished' and s.expanded = s.edition and c.status in ('queued', 'rendering')`,
  },
  {
    name: 'claims-are-held',
    words: 'Every claim is held by a device that has given a sign of life within the last minute.',
    offenders: `select 'render ' || r.key || ' claimed by ' || coalesce(r.device, 'nobody') as who from "Render" r
      where r.status = 'rendering' and r."claimedAt" < now() - ${silence}
        and not exists (select from "Device" d where d.id = r.device and d."lastSeen" > now() - ${silence})`,
  },
  {
    name: 'claims-are-for-rendering',
    words: 'A render is claimed while it is being rendered, and only then.',
    offenders: `select 'render ' || key as who from "Render" where (status = 'rendering') <> (claim is not null)`,
  },
  {
    name: 'done-has-a-picture',
    words: 'A render has a picture when it is done, and only then.',
    offenders: `select 'render ' || key as who from "Render"
      where (status = 'done') <> (image is not null) or (status = 'done' and (width is null or height is null))`,
  },
  {
    name: 'failed-has-a-reason',
    words: 'A failed render says why.',
    offenders: `select 'render ' || key as who from "Render" where status = 'failed' and coalesce(error, '') = ''`,
  },
  {
    name: 'renders-have-bases',
    words: 'The base recipe of every render is there.',
    offenders: `select 'render ' || r.key as who from "Render" r
      where not exists (select from "BaseRecipe" b where b.hash = r."baseHash")`,
  },
  {
    name: 'takes-have-renders',
    words: 'Every take that a study shows is a render of that recipe.',
    offenders: `select 'study ' || t."studyId" || ' take of ' || t.original as who from "Take" t
      where not exists (select from "Render" r where r.key = t."renderKey" and r.original = t.original)`,
  },
  {
    name: 'distances-have-references',
    words: 'Pictures are measured against another only in studies that have chosen one.',
    offenders: `select 'study ' || s.id || ' render ' || d."renderKey" as who
      from "Distance" d join "Study" s on s.id = d."studyId" where s.reference is null`,
  },
  {
    name: 'previews-are-live',
    words: 'Every preview is of a render in progress.',
    offenders: `select 'preview of ' || p."renderKey" as who from "Preview" p
      where not exists (select from "Render" r where r.key = p."renderKey" and r.status = 'rendering')`,
  },
  {
    name: 'studies-have-beginnings',
    words: 'The events of every study tell how it began.',
    offenders: `select 'study ' || s.id as who from "Study" s
      where not exists (select from "Event" e where e."studyId" = s.id and e.kind in ('created', 'imported'))`,
  },
  {
    name: 'ends-are-told',
    words: 'A study is finished when, and only when, it says since when; it is started when it is no draft.',
    offenders: `select 'study ' || id || ' is ' || status as who from "Study"
      where (status = 'finished' and "finishedAt" is null) or (status = 'running' and "finishedAt" is not null)
        or (status in ('running', 'paused') and "startedAt" is null)`,
  },
  {
    name: 'blobs-are-booked',
    words: 'Every picture and checkpoint that a render names is in the book of blobs.',
    offenders: `select 'blob ' || named.sha as who from (
        select image as sha from "Render" where image is not null
        union select checkpoint from "Render" where checkpoint is not null
        union select partial.value ->> 'image' from "Render", jsonb_array_elements(partials) partial) named
      where not exists (select from "Blob" b where b.sha = named.sha)`,
  },
]
