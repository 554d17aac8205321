// Turns the icons listed in app/ui/icons.h into one SVG path each, in a square of 24.

const firstCodePoint = 0xe000
const declaration = /^inline constexpr char \w+\[\] = "\\u([0-9A-F]{4})";\s*\/\/ (\S+)$/gm

const line = (x1, y1, x2, y2) => `M${x1} ${y1}L${x2} ${y2}`
const points = (text) => 'M' + text.trim().split(/[\s,]+/).map((value, i) => (i && i % 2 === 0 ? 'L' : i ? ' ' : '') + value).join('')
const ellipse = (cx, cy, rx, ry) => `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`

function rectangle(x, y, width, height, radius) {
  if (!radius) return `M${x} ${y}h${width}v${height}h${-width}z`
  const r = radius
  const corner = (dx, dy) => `a${r} ${r} 0 0 1 ${dx} ${dy}`
  return `M${x + r} ${y}h${width - 2 * r}${corner(r, r)}v${height - 2 * r}${corner(-r, r)}h${2 * r - width}${corner(-r, -r)}v${2 * r - height}${corner(r, -r)}z`
}

function path([tag, attributes]) {
  const number = (name) => Number(attributes[name] ?? 0)
  switch (tag) {
    case 'path': return 'M0 0' + attributes.d // so that a first relative move is absolute
    case 'line': return line(number('x1'), number('y1'), number('x2'), number('y2'))
    case 'polyline': return points(attributes.points)
    case 'polygon': return points(attributes.points) + 'z'
    case 'circle': return ellipse(number('cx'), number('cy'), number('r'), number('r'))
    case 'ellipse': return ellipse(number('cx'), number('cy'), number('rx'), number('ry'))
    case 'rect': return rectangle(number('x'), number('y'), number('width'), number('height'), number('rx') || number('ry'))
    default: throw new Error(`An icon uses <${tag}>, which is not known here.`)
  }
}

export function iconDrawings(header, nodes) {
  const drawings = []
  for (const [, codePoint, name] of header.matchAll(declaration)) {
    const node = nodes[name]
    if (!node) throw new Error(`app/ui/icons.h names the icon "${name}", which the icon set does not have.`)
    const index = parseInt(codePoint, 16) - firstCodePoint
    if (index !== drawings.length) throw new Error(`app/ui/icons.h: the code point of "${name}" is not the next one.`)
    drawings.push(node.map(path).join(''))
  }
  return drawings
}
