// Waiting in a browser, where an answer may never come.

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => window.setTimeout(resolve, milliseconds))

// The promise, or an error ("no answer") when it takes longer.
export function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer = 0
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(() => reject(new Error('no answer')), milliseconds)
  })
  return Promise.race([promise, late]).finally(() => window.clearTimeout(timer))
}
