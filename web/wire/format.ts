/** Numbers as people read them. */

/** `41 s`, `3 min 50 s`, `2 h 5 min`, `3 days`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60)
    return whole % 60 === 0 || minutes >= 10
      ? `${Math.round(whole / 60)} min`
      : `${minutes} min ${whole % 60} s`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`

  return `${Math.round(hours / 24)} days`
}

/** `4.6 s` below ten seconds, as `duration` above. */
export const renderTime = (seconds: number): string =>
  seconds < 9.95 ? `${seconds.toFixed(1)} s` : duration(seconds)

/** `0.9 GB`, `23 MB`. */
export function bytes(count: number): string {
  if (count < 1e6) return `${Math.ceil(count / 1e3)} kB`
  if (count < 0.95e9) return `${Math.round(count / 1e6)} MB`

  return `${(count / 1e9).toFixed(count < 9.95e9 ? 1 : 0)} GB`
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** With a real minus sign and always a sign: `−0.041`, `+0.018`. */
export const signed = (value: number, digits = 3): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`
