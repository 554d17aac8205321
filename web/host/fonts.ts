// Which of the system's fonts the interface uses. No font is downloaded.
//
// In a Chinese interface a Chinese family comes first, so that ideographs, punctuation and Latin letters fit each
// other; in an English one the system's own family comes first and the Chinese ones follow for names and notes.

export type Language = 'en' | 'zh-CN'

const chinese = [
  'PingFang SC',
  'Microsoft YaHei UI',
  'Microsoft YaHei',
  'HarmonyOS Sans SC',
  'MiSans',
  'Noto Sans CJK SC',
  'Noto Sans SC',
  'Source Han Sans SC',
  'WenQuanYi Micro Hei',
]
const latin = ['-apple-system', 'Segoe UI', 'Roboto', 'Inter', 'Noto Sans', 'Ubuntu', 'Cantarell', 'Helvetica Neue', 'Arial']
const mono = ['SF Mono', 'Cascadia Mono', 'Consolas', 'Menlo', 'Noto Sans Mono', 'DejaVu Sans Mono', 'monospace']
const rest = ['system-ui', 'sans-serif', 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji']

// The order of Face in app/ui/fonts.h.
const weights = [400, 600, 700, 400]
const monoFace = 3

export function fontWeight(face: number): number {
  return weights[face] ?? 400
}

export function fontFamily(face: number, language: Language): string {
  const families = language === 'zh-CN' ? [...chinese, ...latin] : [...latin, ...chinese]
  const all = [...(face === monoFace ? mono : []), ...families, ...rest]
  return all.map((name) => (/^[a-z-]+$/.test(name) ? name : `"${name}"`)).join(', ')
}
