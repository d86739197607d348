/** Runs tasks one after another in the order they came, whatever becomes of each. */
export function inOrder(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()

  return (task) => {
    const next = last.then(task, task)
    last = next

    return next
  }
}
