'use client'

import { useRouter } from 'next/navigation'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import type { Fleet } from '../../wire/fleet.ts'
import { DeviceCard } from './device-card.tsx'
import { forecastsInWords } from './device-words.ts'
import styles from './fleet-screen.module.css'
import { useFleet } from './use-fleet.ts'

/** Who renders, and what they are at. */
export function FleetScreen({ start }: { start: Fleet }) {
  const router = useRouter()
  const { fleet, problem, change } = useFleet(start)
  const { devices, forecasts } = fleet
  const hits = forecastsInWords(forecasts.share, forecasts.studies)

  return (
    <>
      <TopBar crumb={{ href: '/', label: 'Library' }} title="Fleet" />
      <main className={styles.main}>
        <section>
          <h2 className={styles.heading}>Devices</h2>
          {problem && (
            <p className={styles.problem} role="alert">
              {problem}
            </p>
          )}
          {devices.length === 0 ? (
            <p className={styles.empty}>
              No device has joined yet. <code>npm start</code> brings this machine's own;{' '}
              <code>teststrip worker</code> adds another.
            </p>
          ) : (
            <ul className={styles.cards}>
              {devices.map((device) => (
                <DeviceCard
                  key={device.id}
                  device={device}
                  onAside={(aside) => void change({ id: device.id, aside })}
                />
              ))}
            </ul>
          )}
          {hits && <p className={styles.note}>{hits}</p>}
        </section>
      </main>
      <Shortcuts list={[{ keys: 'Escape', does: 'To the library', run: () => router.push('/') }]} />
    </>
  )
}
