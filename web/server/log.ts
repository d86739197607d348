import { type Logger, pino } from 'pino'
import { once } from './once.ts'

export const log = (): Logger =>
  once('log', () => pino({ name: 'web', level: process.env.LOG_LEVEL ?? 'info' }))
