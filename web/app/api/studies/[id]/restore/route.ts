import { putAside } from '../../../../../server/put-aside.ts'

export const dynamic = 'force-dynamic'

export const POST = putAside(false)
