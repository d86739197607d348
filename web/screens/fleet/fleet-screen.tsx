'use client'

import { useRouter } from 'next/navigation'
import type { PackInfo } from '#study'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import type { Fleet } from '../../wire/fleet.ts'
import { DeviceCard } from './device-card.tsx'
import { forecastsInWords } from './device-words.ts'
import styles from './fleet-screen.module.css'
import { useFleet } from './use-fleet.ts'

/** Who renders, what they are at, and with what. */
export function FleetScreen({ start, packs }: { start: Fleet; packs: PackInfo[] }) {
  const router = useRouter()
  const { fleet, problem, change } = useFleet(start)
  const { devices, forecasts } = fleet
  const hits = forecastsInWords(forecasts.share, forecasts.studies)

  return (
    <>
      <TopBar crumb={{ href: '/', label: 'Library' }} title="Fleet and packs" />
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
        <section>
          <h2 className={styles.heading}>Packs</h2>
          {packs.length === 0 ? (
            <p className={styles.empty}>No pack is known yet. Workers register theirs when they start.</p>
          ) : (
            <ul className={styles.cards}>
              {packs.map((pack) => (
                <li key={pack.name} className={styles.card}>
                  <h3 className={styles.name}>{pack.title}</h3>
                  <dl className={styles.facts}>
                    <Fact name="name" value={pack.name} />
                    <Fact name="picture size" value={pack.nativeSize.join(' × ')} />
                    <Fact name="parameters" value={`${(pack.parameterCount / 1e6).toFixed(1)} million`} />
                    <Fact name="CLIP" value={pack.clip.map((clip) => clip.name).join(', ') || 'none'} />
                    <Fact name="secondary model" value={pack.secondary ? 'yes' : 'no'} />
                    <Fact name="fingerprint" value={pack.hash.slice(0, 12)} />
                  </dl>
                </li>
              ))}
            </ul>
          )}
        </section>
      </main>
      <Shortcuts list={[{ keys: 'Escape', does: 'To the library', run: () => router.push('/') }]} />
    </>
  )
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div className={styles.fact}>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
)
