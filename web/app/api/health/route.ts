import { health } from '../../../server/health.ts'
import { answering } from '../../../server/respond.ts'

export const dynamic = 'force-dynamic'

export const GET = answering(async () => {
  const state = await health(new Date())

  return Response.json(state, { status: state.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } })
})
