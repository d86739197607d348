import { connectMotor, type Motor } from '#workflows'
import { env } from './env.ts'
import { once } from './once.ts'

/** How long a person waits for a command to be obeyed before hearing that no worker answered. */
const patience = 8_000

/** The one motor of this process. It connects at the first call and by itself again after Temporal was away. */
export const motor = (): Promise<Motor> =>
  once('motor', () => {
    const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = env()

    return connectMotor({ address, namespace, patience })
  })
