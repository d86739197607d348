'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import {
  allowed,
  completeRecipe,
  formatValue,
  groups,
  type PackInfo,
  type Parameter,
  parameterNamed,
  parameters,
} from '#study'
import { ButtonLink } from '../../shell/button.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import type { WireExample } from '../../wire/example.ts'
import { ExampleSheet } from './example-sheet.tsx'
import styles from './parameter-screen.module.css'

/** One parameter: what it does, seen and in words. */
export function ParameterScreen(props: { name: string; examples: WireExample[]; packs: PackInfo[] }) {
  const parameter = parameterNamed(props.name)!
  const router = useRouter()
  const inOrder = groups.flatMap((group) => parameters.filter((each) => each.group === group))
  const here = inOrder.findIndex(({ name }) => name === parameter.name)
  const [before, after] = [inOrder[here - 1], inOrder[here + 1]]
  const examples = [...props.examples].sort((a, b) => placeIn(a, parameter) - placeIn(b, parameter))

  return (
    <>
      <TopBar crumb={{ href: '/gallery', label: 'Gallery' }} title={parameter.name} />
      <main className={styles.main}>
        <article>
          <p className={styles.group}>{parameter.group}</p>
          <h2 className={styles.name}>{parameter.name}</h2>
          <p className={styles.help}>{parameter.help}</p>
          {examples.map((example) => (
            <section key={example.id} className={styles.example}>
              <h3 className={styles.title}>{example.title}</h3>
              <p className={styles.says}>{example.says}</p>
              <ExampleSheet example={example} />
              <ButtonLink href={`/new?template=${example.id}`}>Open as a study</ButtonLink>
            </section>
          ))}
          {examples.length === 0 && <p className={styles.none}>{whyNoSheet(parameter)}</p>}
        </article>
        <aside className={styles.facts}>
          <dl>
            {factsOf(parameter, props.packs).map(([what, value]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </aside>
        <nav className={styles.turn} aria-label="Other parameters">
          {before ? <Link href={`/gallery/${before.name}`}>← {before.name}</Link> : <span />}
          {after && <Link href={`/gallery/${after.name}`}>{after.name} →</Link>}
        </nav>
      </main>
      <Shortcuts
        list={[
          {
            keys: 'ArrowLeft',
            does: 'The parameter before',
            run: () => before && router.push(`/gallery/${before.name}`),
          },
          {
            keys: 'ArrowRight',
            does: 'The next parameter',
            run: () => after && router.push(`/gallery/${after.name}`),
          },
          { keys: 'Escape', does: 'Back to the gallery', run: () => router.push('/gallery') },
        ]}
      />
    </>
  )
}

const placeIn = ({ axes }: WireExample, { name }: Parameter): number =>
  axes.findIndex(({ parameters: of }) => of.includes(name))

function factsOf(parameter: Parameter, packs: PackInfo[]): [string, React.ReactNode][] {
  const { usual } = parameter
  const starter = packs.find(({ name }) => name === 'starter')
  const own = starter && formatValue(parameter, completeRecipe({}, starter)[parameter.name])
  const standard = formatValue(parameter, parameter.default)
  const near = starter?.usual[parameter.name]

  return [
    ['Default', standard],
    ...(own !== undefined && own !== standard ? [['With the starter pack', own] as [string, string]] : []),
    ...(usual ? [['Usually', `${usual[0]} to ${usual[1]}`] as [string, string]] : []),
    ...(near ? [['Usually, starter pack', `${near[0]} to ${near[1]}`] as [string, string]] : []),
    ['Allowed', allowed(parameter)],
    ...(parameter.needs
      ? [['Acts when', <Needed key="needs" needs={parameter.needs} />] as [string, React.ReactNode]]
      : []),
    ['Versions', versions(parameter)],
    ...(parameter.aliases.length > 0
      ? [['Also called', parameter.aliases.join(', ')] as [string, string]]
      : []),
    ...(parameter.cost ? [['Time', parameter.cost] as [string, string]] : []),
    ...(parameter.memory ? [['Memory', parameter.memory] as [string, string]] : []),
    ['As an axis', parameter.axis ? 'yes' : 'no'],
  ]
}

function Needed({ needs }: { needs: NonNullable<Parameter['needs']> }) {
  const values = (Array.isArray(needs.equals) ? needs.equals : [needs.equals]) as (
    | string
    | number
    | boolean
  )[]
  const words = values.map((value) => (typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)))

  return (
    <>
      <Link href={`/gallery/${needs.parameter}`}>{needs.parameter}</Link> is {words.join(' or ')}
    </>
  )
}

const versions = ({ since, until }: Parameter): string =>
  since === 'teststrip' ? 'Teststrip only' : `Disco Diffusion ${since} ${until ? `to ${until}` : 'and later'}`

function whyNoSheet(parameter: Parameter): string {
  if (parameter.acts === 'never') return 'It changes no picture, in Disco Diffusion as here.'
  if (parameter.acts === 'not yet') return 'Teststrip keeps it in settings files, but does not act on it yet.'
  if (!parameter.pixels) return 'It decides what is kept and shown, and changes no picture.'
  if (parameter.group === 'Animation' || !parameter.studies)
    return 'It acts from one picture to the next, which a sheet of single pictures cannot show.'

  return 'The starter pack has no networks to show it with.'
}
