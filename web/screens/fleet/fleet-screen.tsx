'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { Device } from '#prisma'
import type { PackInfo } from '#study'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import { bytes, duration, plural, renderTime } from '../../wire/format.ts'
import styles from './fleet-screen.module.css'

const againMs = 4_000
const silentAfter = 30

const stepTime = (seconds: number): string =>
  seconds < 1 ? `${Math.round(seconds * 1000)} ms` : renderTime(seconds)

type SeenDevice = Device & { silentSeconds: number }

/** Who renders, and with what. */
export function FleetScreen({ devices, packs }: { devices: SeenDevice[]; packs: PackInfo[] }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && router.refresh(), againMs)
    return () => clearInterval(timer)
  }, [router])

  return (
    <>
      <TopBar crumb={{ href: '/', label: 'Library' }} title="Fleet and packs" />
      <main className={styles.main}>
        <section>
          <h2 className={styles.heading}>Devices</h2>
          {devices.length === 0 ? (
            <p className={styles.empty}>
              No device has joined yet. <code>npm start</code> brings this machine's own;{' '}
              <code>teststrip worker</code> adds another.
            </p>
          ) : (
            <ul className={styles.cards}>
              {devices.map((device) => {
                const silent = device.silentSeconds > silentAfter
                return (
                  <li key={device.id} className={styles.card}>
                    <h3 className={styles.name}>
                      <span
                        className={styles.dot}
                        data-state={silent ? 'silent' : device.rendering > 0 ? 'busy' : 'idle'}
                      />
                      {device.id}
                    </h3>
                    <p className={styles.muted}>
                      {silent
                        ? `silent for ${duration(device.silentSeconds)}; what it was rendering goes to another device`
                        : device.rendering > 0
                          ? `rendering ${plural(device.rendering, 'picture')}`
                          : 'waiting for work'}
                    </p>
                    <dl className={styles.facts}>
                      <Fact name="kind" value={device.kind} />
                      <Fact name="host" value={device.host} />
                      {device.memory !== null && <Fact name="memory" value={bytes(device.memory)} />}
                      <Fact name="packs" value={device.packs.join(', ') || 'none'} />
                      <Fact
                        name="speed"
                        value={
                          device.speed
                            ? `${stepTime(device.speed.secondsPerStep)} per step`
                            : 'not measured yet'
                        }
                      />
                    </dl>
                  </li>
                )
              })}
            </ul>
          )}
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
