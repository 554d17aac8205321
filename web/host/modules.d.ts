declare module 'virtual:icons' {
  // The drawing of every icon as one SVG path in a square of 24, by its place in app/ui/icons.h.
  const icons: string[]
  export default icons
}

declare module 'pmo-module' {
  const create: (options: object) => Promise<import('./module').PmoModule>
  export default create
}

declare module 'pmo-module-wasm' {
  const address: string
  export default address
}
