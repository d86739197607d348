import { deleteSheet, listSheets, putSheet, type Sheet, type Study, sharedSheet } from '#prisma'
import { TeststripError, type View } from '#study'
import type { WireLink } from '../wire/print.ts'
import { optionsOf, type SheetQuery, sheetQuery, viewOf } from '../wire/sheet-query.ts'
import { env } from './env.ts'
import { ledger } from './ledger.ts'

const day = 86_400_000
/** 144 bits as base64url, as the ledger makes them; anything else is not worth a question. */
const tokenShape = /^[A-Za-z0-9_-]{24}$/

/** Where others reach shared sheets: TESTSTRIP_SHARE_URL, else wherever this request came to. */
export const shareBase = (request: { headers: Headers }): string => {
  const { TESTSTRIP_SHARE_URL: base } = env()
  if (base) return base.replace(/\/+$/, '')
  const protocol =
    request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' ? 'https' : 'http'

  return `${protocol}://${request.headers.get('host') ?? '127.0.0.1'}`
}

const toWireLink = (sheet: Sheet, base: string): WireLink => ({
  id: sheet.id,
  title: sheet.title,
  url: `${base}/s/${sheet.share}`,
  whole: sheet.whole,
  createdAt: sheet.createdAt.toISOString(),
  expiresAt: sheet.expiresAt?.toISOString() ?? null,
})

export async function listLinks(studyId: string, base: string): Promise<WireLink[]> {
  const sheets = await listSheets(ledger(), studyId)

  return sheets.filter(({ share }) => share !== null).map((sheet) => toWireLink(sheet, base))
}

/** A new link: whoever has it sees this sheet (or the whole study), as long as nobody takes it back. */
export async function addLink(
  study: Study,
  link: { title?: string; query: Record<string, string>; whole: boolean; days: number | null },
  base: string,
): Promise<WireLink> {
  const query = sheetQuery.parse(link.query)
  const sheet = await putSheet(ledger(), {
    studyId: study.id,
    title: link.title ?? query.title ?? study.title,
    view: viewOf(query) ?? study.file.view ?? ({ columns: [], rows: [] } as View),
    look: query,
    whole: link.whole,
    expiresAt: link.days === null ? null : new Date(Date.now() + link.days * day),
    shared: true,
  })

  return toWireLink(sheet, base)
}

export async function takeBackLink(studyId: string, id: string): Promise<void> {
  if (await deleteSheet(ledger(), { id, studyId })) return

  throw new TeststripError('not_found', 'There is no such link; it may have been taken back already.')
}

/** What a link shows, or `not_found`, which does not tell a link that never was from one that ended. */
export async function readLink(token: string): Promise<{
  sheet: Sheet
  query: SheetQuery
  view: ReturnType<typeof viewOf>
  options: ReturnType<typeof optionsOf>
}> {
  const sheet = tokenShape.test(token) ? await sharedSheet(ledger(), token) : null
  if (!sheet)
    throw new TeststripError('not_found', 'This link shows nothing: it was taken back, or has ended.')
  const query = sheetQuery.parse(sheet.look)

  return { sheet, query, view: viewOf(query), options: optionsOf(query) }
}
